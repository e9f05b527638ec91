import type { RecordedError } from '../../schemas/generated/audit-record.js';
import { loggableText } from './loggable.ts';

/** What went wrong, outermost first, along the chain of causes. */
export function errorChain(error: unknown): RecordedError[] {
  if (!(error instanceof Error)) return [];
  return [{ name: error.name, message: loggableText(error.message) }, ...errorChain(error.cause)];
}
