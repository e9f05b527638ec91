/** One line of a log, as CloudWatch Logs keeps it. */
export interface LogEvent {
  /** Milliseconds since 1970. */
  timestamp: number;
  message: string;
}

/** The fields of a line, by name; structures that `jsonParse` made among them. */
export type Row = Record<string, unknown>;

/** No more fields than these are discovered: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_AnalyzeLogData-discoverable-fields.html */
const mostDiscovered = 200;

const isStructure = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** The leaves of a JSON document in their order, with the names that Logs Insights gives them: `a.items.0.id`. */
function leaves(value: unknown, path: string): [string, unknown][] {
  if (!isStructure(value)) return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, path ? `${path}.${key}` : key));
}

/** A JSON document, or nothing when the text is none. */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The fields that Logs Insights discovers in a line. */
export function rowOf({ timestamp, message }: LogEvent): Row {
  const document = jsonIn(message);
  const found = isStructure(document) ? leaves(document, '').slice(0, mostDiscovered) : [];
  return { ...Object.fromEntries(found), '@timestamp': timestamp, '@message': message };
}

/** The value of a field, which may lie inside of a structure: `check.duration_ms`. */
export function valueAt(row: Row, path: string): unknown {
  if (path in row) return row[path] ?? undefined;
  const parts = path.split('.');
  for (let length = parts.length - 1; length > 0; length--) {
    const outer = row[parts.slice(0, length).join('.')];
    if (isStructure(outer)) return inside(outer, parts.slice(length));
  }
  return undefined;
}

const inside = (structure: object, path: string[]): unknown =>
  path.reduce<unknown>(
    (value, key) => (isStructure(value) ? (value as Record<string, unknown>)[key] : undefined),
    structure,
  ) ?? undefined;
