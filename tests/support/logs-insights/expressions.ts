import { jsonIn, type Row, valueAt } from './events.ts';
import type { Reader } from './tokens.ts';

/** Computes something of a row. */
export type Expression = (row: Row) => unknown;

/** An expression with the name its value has in a result. */
export interface Named {
  name: string;
  value: Expression;
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-operations-functions.html */
const functions: Record<string, (...values: unknown[]) => unknown> = {
  ispresent: (value) => value !== undefined,
  coalesce: (...values) => values.find((value) => value !== undefined),
  jsonParse: (text) => jsonIn(String(text)) ?? {},
};

const isNumber = (value: unknown): boolean => value !== '' && Number.isFinite(Number(value));

/** Less than zero when the first comes before the second; numbers by their size. */
export function compare(one: unknown, other: unknown): number {
  if (isNumber(one) && isNumber(other)) return Number(one) - Number(other);
  return String(one) < String(other) ? -1 : Number(String(one) > String(other));
}

const comparisons: Record<string, (order: number) => boolean> = {
  '=': (order) => order === 0,
  '!=': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

function call(name: string, reader: Reader): Expression {
  const known = functions[name];
  if (!known) throw new Error(`the function ${name} is not known here`);
  const values = reader.list(() => operand(reader));
  reader.expect(')');
  return (row) => known(...values.map((value) => value(row)));
}

/** A number, a text, a field, a call of a function. */
function operand(reader: Reader): Expression {
  const { kind, text } = reader.take();
  if (kind === 'number') return () => Number(text);
  if (kind === 'text') return () => text;
  if (kind !== 'word') throw new Error(`"${text}" is neither a value nor a field`);
  return reader.has('(') ? call(text, reader) : (row) => valueAt(row, text);
}

/** `like` with a text looks for it anywhere, and with a pattern for that; upper and lower case differ. */
function likeness(left: Expression, reader: Reader): Expression {
  const { kind, text } = reader.take();
  if (kind !== 'text' && kind !== 'regex') throw new Error(`"like" takes a text or a pattern, not "${text}"`);
  const matches =
    kind === 'text'
      ? (value: string) => value.includes(text)
      : (value: string) => new RegExp(text).test(value);
  return (row) => left(row) !== undefined && matches(String(left(row)));
}

function comparison(reader: Reader): Expression {
  if (reader.has('(')) {
    const inner = condition(reader);
    reader.expect(')');
    return inner;
  }
  const left = operand(reader);
  if (reader.has('like')) return likeness(left, reader);
  if (reader.has('in')) {
    reader.expect('[');
    const among = reader.list(() => operand(reader));
    reader.expect(']');
    return (row) => among.some((one) => compare(left(row), one(row)) === 0);
  }
  const holds = comparisons[reader.peek().text];
  if (!holds) return left;
  reader.take();
  const right = operand(reader);
  return (row) => left(row) !== undefined && holds(compare(left(row), right(row)));
}

const negated = (reader: Reader): Expression => {
  if (!reader.has('not')) return comparison(reader);
  const inner = comparison(reader);
  return (row) => !inner(row);
};

function conjunction(reader: Reader): Expression {
  const parts = [negated(reader)];
  while (reader.has('and')) parts.push(negated(reader));
  return (row) => parts.every((part) => part(row));
}

/** What a filter asks; `and` binds more than `or`. */
export function condition(reader: Reader): Expression {
  const parts = [conjunction(reader)];
  while (reader.has('or')) parts.push(conjunction(reader));
  return (row) => parts.some((part) => part(row));
}

/** `<value>` or `<value> as <name>`. */
export function named(reader: Reader): Named {
  const { text } = reader.peek();
  const value = operand(reader);
  return { name: reader.has('as') ? reader.take().text : text, value };
}
