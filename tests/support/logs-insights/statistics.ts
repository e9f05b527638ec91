import { type Row, valueAt } from './events.ts';
import { compare, type Named, named } from './expressions.ts';
import type { Reader } from './tokens.ts';

/** One aggregation of `stats`. */
interface Aggregation {
  name: string;
  over(rows: Row[]): unknown;
}

const smallestFirst = (values: unknown[]): unknown[] => [...values].sort(compare);

/** By nearest rank. */
const percentile = (values: unknown[], percent: number): unknown =>
  smallestFirst(values)[Math.max(0, Math.ceil((percent / 100) * values.length) - 1)];

const sum = (values: unknown[]): number => values.reduce<number>((total, value) => total + Number(value), 0);

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-Stats.html; of values that are there */
const aggregates: Record<string, (values: unknown[], argument: number) => unknown> = {
  count: (values) => values.length,
  max: (values) => smallestFirst(values).at(-1),
  min: (values) => smallestFirst(values)[0],
  sum,
  avg: (values) => (values.length > 0 ? sum(values) / values.length : undefined),
  pct: percentile,
  latest: (values) => values.at(-1),
};

const oldestFirst = (rows: Row[]): Row[] =>
  rows.toSorted((one, other) => compare(valueAt(one, '@timestamp'), valueAt(other, '@timestamp')));

function aggregation(reader: Reader): Aggregation {
  const { text: aggregate } = reader.take();
  const compute = aggregates[aggregate];
  if (!compute) throw new Error(`the aggregation ${aggregate} is not known here`);
  reader.expect('(');
  const { text: field } = reader.take();
  const argument = reader.has(',') ? Number(reader.take().text) : Number.NaN;
  reader.expect(')');
  const name = reader.has('as') ? reader.take().text : `${aggregate}(${field})`;
  const values = (rows: Row[]) =>
    field === '*' ? rows : rows.map((row) => valueAt(row, field)).filter((value) => value !== undefined);
  return { name, over: (rows) => compute(values(oldestFirst(rows)), argument) };
}

/** `stats <aggregation> as <name>, … by <field>, …`: one row for each group. */
export function statistics(reader: Reader): { names: string[]; apply(rows: Row[]): Row[] } {
  const aggregations = reader.list(() => aggregation(reader));
  const groupings: Named[] = reader.has('by') ? reader.list(() => named(reader)) : [];
  const groupOf = (row: Row) => groupings.map(({ name, value }) => [name, value(row)]);
  const apply = (rows: Row[]): Row[] =>
    [
      ...Map.groupBy(rows, (row) => JSON.stringify(groupOf(row).map(([, value]) => value ?? null))).values(),
    ].map((group) => ({
      ...Object.fromEntries(groupOf(group[0] ?? {})),
      ...Object.fromEntries(aggregations.map(({ name, over }) => [name, over(group)])),
    }));
  return { names: [...groupings, ...aggregations].map(({ name }) => name), apply };
}
