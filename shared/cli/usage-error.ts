/** The command was not given as it has to be; nothing was done. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
