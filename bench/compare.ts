import type { BenchCase, BenchDocument, Counts, Figures, Spread } from './document.ts';
import { apart } from './statistics.ts';

const exactly = (value: number): Spread => ({ median: value, min: value, max: value });

/** What is compared, in the order of the table. */
const measured: Record<string, (figures: Figures) => Spread> = {
  'cold start, ms': ({ coldStartMs }) => coldStartMs,
  'CPU of cold start, ms': ({ coldCpuMs }) => coldCpuMs,
  'import, ms': ({ importMs }) => importMs,
  'CPU first, ms': ({ firstCpuMs }) => firstCpuMs,
  'CPU warm, ms': ({ warmCpuMs }) => warmCpuMs,
  'peak memory, MB': ({ peakMemoryMb }) => peakMemoryMb,
};
const counted: Record<string, (counts: Counts) => number> = {
  'AWS calls': ({ awsCalls }) => awsCalls,
  'round trips': ({ roundTrips }) => roundTrips.rounded,
};

const ratio = (now: number, before: number): string => (before === 0 ? '-' : (now / before).toFixed(2));

const mark = (before: Spread, now: Spread): string => {
  if (!apart(before, now)) return '';
  return now.median > before.median ? 'more' : 'less';
};

/** A row but for the case's name; `bare` is the ratio of the bare handler where there is one. */
const row = (figure: string, before: Spread, now: Spread, bare = '-'): string[] => [
  figure,
  String(before.median),
  String(now.median),
  ratio(now.median, before.median),
  bare,
  mark(before, now),
];

const countRow = (figure: string, before: number, now: number): string[] =>
  row(figure, exactly(before), exactly(now));

function rowsOf(before: BenchCase, now: BenchCase): string[][] {
  const [old, fresh] = [before.subjects, now.subjects];
  const measuredRows = Object.entries(measured).map(([figure, of]) =>
    row(figure, of(old.function), of(fresh.function), ratio(of(fresh.bare).median, of(old.bare).median)),
  );
  const countedRows = Object.entries(counted).map(([figure, of]) =>
    countRow(figure, of(before.counts.function), of(now.counts.function)),
  );
  return [...measuredRows, ...countedRows].map((cells) => [now.name, ...cells]);
}

const zipRows = (before: BenchDocument, now: BenchDocument): string[][] =>
  Object.entries(now.zipBytes).flatMap(([component, bytes]) => {
    const old = before.zipBytes[component];
    return old === undefined ? [] : [[component, ...countRow('zip, bytes', old, bytes)]];
  });

function aligned(rows: string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const pad = (cell: string, column: number) =>
    column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0);
  return rows.map((row) => row.map(pad).join('  ').trimEnd()).join('\n');
}

const header = ['case', 'figure', 'old', 'new', 'new/old', 'bare', 'beyond noise'];

/**
 * A table of what the functions take now and took before, by the medians. `bare` is the same ratio of the bare
 * handler, whose code does not change: it tells what the machine or the SDK is to blame for. Beyond noise is a
 * figure of which no run of one document is within the runs of the other.
 */
export function comparison(before: BenchDocument, now: BenchDocument): string {
  const rows = now.cases.flatMap((one) => {
    const old = before.cases.find(({ name }) => name === one.name);
    return old ? rowsOf(old, one) : [];
  });
  return `${aligned([header, ...rows, ...zipRows(before, now)])}\n`;
}
