import type { SchemaError } from '../../schemas/validator.ts';

/** More than this many offences are counted, not listed: an error message stays readable. */
const mostListed = 20;

/** `/cluster_config/instance_types/0` as people write it: `cluster_config.instance_types[0]`. */
const fieldName = (pointer: string): string =>
  pointer
    .slice(1)
    .replaceAll('/', '.')
    .replace(/\.(\d+)(?=\.|$)/g, '[$1]');

/** A field's name may be anything a caller sends; its beginning is enough to find it. */
const within = (error: SchemaError, property: unknown): string =>
  fieldName(`${error.instancePath}/${String(property).slice(0, 64)}`);

function describe(error: SchemaError): string {
  if (error.keyword === 'required') return `${within(error, error.params.missingProperty)} is missing`;
  if (error.keyword === 'additionalProperties') {
    return `${within(error, error.params.additionalProperty)} is not a field of this request`;
  }
  if (error.instancePath === '') return 'the request must be a JSON object';
  return `${fieldName(error.instancePath)} must be ${expectation(error)}`;
}

/** The first sentence of the field's description in its schema, which is written to follow "must be". */
const expectation = ({ parentSchema, message }: SchemaError): string =>
  parentSchema?.description?.split('. ')[0] ?? message ?? 'valid';

/**
 * Says in words what is wrong with a request: one phrase per offending field. The values themselves are left
 * out, since what does not belong in a request may be a secret.
 */
export function offences(errors: SchemaError[]): string {
  const phrases = [...new Set(errors.map(describe))];
  const listed = phrases.slice(0, mostListed);
  const more = phrases.length - listed.length;
  return listed.join('; ') + (more > 0 ? `; and ${more} more` : '');
}
