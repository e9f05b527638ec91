/** The widths of the columns of rows; the first row is the heading, and has them all. */
export const widthsOf = (rows: readonly string[][]): number[] =>
  (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));

/** A row as a line, its columns two spaces apart. */
export const lineOf = (row: readonly string[], widths: readonly number[]): string =>
  row
    .map((cell, column) => cell.padEnd(widths[column] ?? 0))
    .join('  ')
    .trimEnd();

/** Rows as aligned columns; the first row is the heading. */
export function table(rows: string[][]): string[] {
  const widths = widthsOf(rows);
  return rows.map((row) => lineOf(row, widths));
}
