/** A limit, and whether it is kept. */
export interface LimitVerdict {
  budget: string;
  measured: number;
  limit: number;
  kept: boolean;
}

/** What a budget says that is kept up to its limit. What could not be measured keeps none. */
export const atMost = (budget: string, measured: number, limit: number): LimitVerdict => ({
  budget,
  measured,
  limit,
  kept: measured <= limit,
});
