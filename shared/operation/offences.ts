import type { SchemaError } from '../../schemas/validator.ts';
import { fieldOffences } from '../field-offences.ts';

/** More than this many offences are counted, not listed: an error message stays readable. */
const mostListed = 20;

/** Says in words what is wrong with a request: one phrase per offending field. */
export function offences(errors: SchemaError[]): string {
  const phrases = fieldOffences(errors).map(({ field, reason }) =>
    field === 'request' ? `the request ${reason}` : `${field} ${reason}`,
  );
  const listed = phrases.slice(0, mostListed);
  const more = phrases.length - listed.length;
  return listed.join('; ') + (more > 0 ? `; and ${more} more` : '');
}
