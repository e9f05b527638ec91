import type { SchemaError, Validator } from '../../schemas/validator.ts';
import { isObject, type JsonObject } from './json-object.ts';

/**
 * Where an unknown field is refused instead of left out: a policy without one of its conditions would allow more than
 * was written.
 */
const strict = /^\/spec\/awsCustomPolicy\//;

interface UnknownField {
  path: string[];
  field: string;
}

/** `/a~1b/0`: the steps of a JSON pointer, https://www.rfc-editor.org/rfc/rfc6901#section-3 */
const stepsOf = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));

const unknownFields = (errors: readonly SchemaError[]): UnknownField[] =>
  errors
    .filter(({ keyword, instancePath }) => keyword === 'additionalProperties' && !strict.test(instancePath))
    .map(({ instancePath, params }) => ({
      path: stepsOf(instancePath),
      field: String(params.additionalProperty),
    }));

function remove(manifest: JsonObject, { path, field }: UnknownField): void {
  const holder = path.reduce<unknown>((at, step) => (at as JsonObject | undefined)?.[step], manifest);
  if (isObject(holder)) delete holder[field];
}

/**
 * Leaves out what no schema knows, as Kubernetes does, which warns of it, too.
 * @param manifest it is changed
 * @returns a warning for each of them
 */
export function prune(validate: Validator<unknown>, manifest: JsonObject): string[] {
  validate(manifest);
  const unknown = unknownFields(validate.errors ?? []);
  for (const field of unknown) remove(manifest, field);
  return unknown.map(
    ({ path, field }) => `unknown field "${[...path, field.slice(0, 64)].join('.')}"; it is left out`,
  );
}
