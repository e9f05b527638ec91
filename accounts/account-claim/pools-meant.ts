/**
 * The pools whose accounts somebody may have who names a pool, or none: an account without a pool is one of the default
 * pool, and only whoever names that or none gets it.
 */
export const poolsMeant = (named: string, defaultPool: string): string[] =>
  named === '' || named === defaultPool ? [defaultPool, ''] : [named];
