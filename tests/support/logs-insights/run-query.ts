import { type LogEvent, type Row, rowOf, valueAt } from './events.ts';
import { compare, condition, named } from './expressions.ts';
import { statistics } from './statistics.ts';
import { commandsIn, Reader } from './tokens.ts';

/** What a query has come to after a command: its rows, and the fields that will be shown. */
interface State {
  rows: Row[];
  shown: string[];
}

type Command = (reader: Reader) => (state: State) => State;

const fields: Command = (reader) => {
  const wanted = reader.list(() => named(reader));
  return ({ rows, shown }) => ({
    rows: rows.map((row) => ({
      ...row,
      ...Object.fromEntries(wanted.map(({ name, value }) => [name, value(row)])),
    })),
    shown: [...new Set([...shown, ...wanted.map(({ name }) => name)])],
  });
};

const display: Command = (reader) => {
  const wanted = reader.list(() => reader.take().text);
  return ({ rows }) => ({ rows, shown: wanted });
};

const filter: Command = (reader) => {
  const holds = condition(reader);
  return ({ rows, shown }) => ({ rows: rows.filter((row) => Boolean(holds(row))), shown });
};

/** Only with a pattern whose groups have names. */
const parse: Command = (reader) => {
  const { text: field } = reader.take();
  const { kind, text } = reader.take();
  if (kind !== 'regex') throw new Error(`"parse" takes a pattern here, not "${text}"`);
  const groupsIn = (row: Row) => new RegExp(text).exec(String(valueAt(row, field) ?? ''))?.groups ?? {};
  const names = [...text.matchAll(/\(\?<(\w+)>/g)].map(([, name = '']) => name);
  return ({ rows, shown }) => ({
    rows: rows.map((row) => ({ ...row, ...groupsIn(row) })),
    shown: [...shown, ...names],
  });
};

/** A row for each item of a list, and none where there is no list. */
const unnest: Command = (reader) => {
  const { text: list } = reader.take();
  reader.expect('into');
  const { text: item } = reader.take();
  const items = (row: Row) => [valueAt(row, list) ?? []].flat();
  return ({ rows, shown }) => ({
    rows: rows.flatMap((row) => items(row).map((one) => ({ ...row, [item]: one }))),
    shown,
  });
};

const stats: Command = (reader) => {
  const { names, apply } = statistics(reader);
  return ({ rows }) => ({ rows: apply(rows), shown: names });
};

const sort: Command = (reader) => {
  const orders = reader.list(() => {
    const { text: field } = reader.take();
    const sign = reader.has('desc') ? -1 : 1;
    reader.has('asc');
    return { field, sign };
  });
  const byAll = (one: Row, other: Row): number => {
    const differences = orders.map(
      ({ field, sign }) => sign * compare(valueAt(one, field), valueAt(other, field)),
    );
    return differences.find((difference) => difference !== 0) ?? 0;
  };
  return ({ rows, shown }) => ({ rows: [...rows].sort(byAll), shown });
};

const limit: Command = (reader) => {
  const { text } = reader.take();
  return ({ rows, shown }) => ({ rows: rows.slice(0, Number(text)), shown });
};

const commands: Record<string, Command> = { fields, display, filter, parse, unnest, stats, sort, limit };

/**
 * Runs a query of CloudWatch Logs Insights over lines of a log, as far as the saved queries use its language. What is
 * not known here is an error, so that no query passes that nobody has run.
 * @returns the fields it shows of each row; those that are not there are left out
 * @throws Error for what cannot be read or is not known
 */
export function runQuery(query: string, events: LogEvent[]): Row[] {
  const start: State = { rows: events.map(rowOf), shown: [] };
  const { rows, shown } = commandsIn(query).reduce((state, tokens) => {
    const reader = new Reader(tokens);
    const { text } = reader.take();
    const command = commands[text.toLowerCase()];
    if (!command) throw new Error(`the command "${text}" is not known here`);
    const apply = command(reader);
    if (!reader.done) throw new Error(`"${reader.peek().text}" makes no sense in "${text}"`);
    return apply(state);
  }, start);
  const visible = shown.length > 0 ? shown : ['@timestamp', '@message'];
  return rows.map((row) => {
    const values = visible.map((name) => [name, valueAt(row, name)] as const);
    return Object.fromEntries(values.filter(([, value]) => value !== undefined));
  });
}
