import type { SchemaError } from '../schemas/validator.ts';

/** One field of a message that is not as it must be. */
export interface FieldOffence {
  /** As people write it, such as `cluster_config.instance_types[0]`; `request` for the message as a whole. */
  field: string;
  /** A phrase that follows the field's name. */
  reason: string;
}

/** `/cluster_config/instance_types/0` as people write it: `cluster_config.instance_types[0]`. */
const fieldName = (pointer: string): string =>
  pointer
    .slice(1)
    .replaceAll('/', '.')
    .replace(/\.(\d+)(?=\.|$)/g, '[$1]');

/** A field's name may be anything a caller sends; its beginning is enough to find it. */
const within = (error: SchemaError, property: unknown): string =>
  fieldName(`${error.instancePath}/${String(property).slice(0, 64)}`);

/** The first sentence of the field's description in its schema, which is written to follow "must be". */
const expectation = ({ parentSchema, message }: SchemaError): string =>
  parentSchema?.description?.split('. ')[0] ?? message ?? 'valid';

function offence(error: SchemaError): FieldOffence {
  const { keyword, params, instancePath } = error;
  if (keyword === 'required') {
    return { field: within(error, params.missingProperty), reason: 'is missing' };
  }
  if (keyword === 'additionalProperties') {
    return { field: within(error, params.additionalProperty), reason: 'is not a field of this request' };
  }
  if (instancePath === '') return { field: 'request', reason: 'must be a JSON object' };
  return { field: fieldName(instancePath), reason: `must be ${expectation(error)}` };
}

/** That a condition's consequence is not met says nothing beside what is wrong with the consequence. */
const tellsNothing = ({ keyword }: SchemaError): boolean => keyword === 'if';

/**
 * What is wrong with a message, an entry for each offence. The values themselves are left out, since what does not
 * belong in a request may be a secret.
 */
export function fieldOffences(errors: readonly SchemaError[]): FieldOffence[] {
  const found = errors.filter((error) => !tellsNothing(error)).map(offence);
  return [...new Map(found.map((one) => [`${one.field} ${one.reason}`, one])).values()];
}
