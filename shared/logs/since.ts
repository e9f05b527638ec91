const unitsMs: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

const duration = /^(\d{1,6})([smhd])$/;
const time = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$/;

/**
 * Reads `30m`, `1h`, `2d` as a time before now, and `2026-01-31` or `2026-01-31T10:00` as a time in UTC.
 * @returns undefined for anything else
 */
export function parseSince(text: string, now: Date): Date | undefined {
  const [, amount = '', unit = ''] = duration.exec(text) ?? [];
  const unitMs = unitsMs[unit];
  if (unitMs) return new Date(now.getTime() - Number(amount) * unitMs);
  const [matched, clock, , , zone] = time.exec(text) ?? [];
  if (!matched) return undefined;
  const parsed = new Date(clock && !zone ? `${text}Z` : text);
  return Number.isNaN(parsed.getTime()) ? undefined : parsed;
}
