const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const year = 365 * day;

/** From how long on which units are shown, as kubectl does: two where the smaller one still says something. */
const steps: [from: number, unit: number, letter: string, smaller?: [unit: number, letter: string]][] = [
  [8 * year, year, 'y'],
  [2 * year, year, 'y', [day, 'd']],
  [8 * day, day, 'd'],
  [2 * day, day, 'd', [hour, 'h']],
  [8 * hour, hour, 'h'],
  [3 * hour, hour, 'h', [minute, 'm']],
  [10 * minute, minute, 'm'],
  [2 * minute, minute, 'm', [second, 's']],
];

/** How long ago something was, such as `3d4h`. */
export function ageOf(since: string, now: Date): string {
  const ms = Math.max(0, now.getTime() - new Date(since).getTime());
  const step = steps.find(([from]) => ms >= from);
  if (!step) return `${Math.floor(ms / second)}s`;
  const [, unit, letter, smaller] = step;
  const rest = smaller ? Math.floor((ms % unit) / smaller[0]) : 0;
  return `${Math.floor(ms / unit)}${letter}${smaller && rest > 0 ? rest + smaller[1] : ''}`;
}
