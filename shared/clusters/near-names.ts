/** The most names that help. */
const most = 3;

/** How many letters have to be changed, added or taken away to make one name of the other. */
function distance(one: string, other: string): number {
  let above = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (const letter of one) {
    const row = [(above[0] ?? 0) + 1];
    for (const [column, otherLetter] of [...other].entries()) {
      const changed = (above[column] ?? 0) + (letter === otherLetter ? 0 : 1);
      row.push(Math.min(changed, (above[column + 1] ?? 0) + 1, (row[column] ?? 0) + 1));
    }
    above = row;
  }
  return above.at(-1) ?? 0;
}

/** Whoever types `dev` or `dve1` may have meant `dev1`; a third of the letters may be wrong. */
const isNear = (wanted: string, name: string): boolean =>
  name.includes(wanted) || wanted.includes(name) || distance(wanted, name) <= Math.ceil(wanted.length / 3);

/** The names that may have been meant by one that is not among them, the nearest first. */
export function nearNames(wanted: string, names: readonly string[]): string[] {
  return names
    .filter((name) => isNear(wanted, name))
    .toSorted((one, other) => distance(wanted, one) - distance(wanted, other))
    .slice(0, most);
}
