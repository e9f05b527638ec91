/** Rounds milliseconds to tenths. */
export const tenths = (ms: number): number => Math.round(ms * 10) / 10;
