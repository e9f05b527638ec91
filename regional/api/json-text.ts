/** Texts with the colon that makes them a key, other texts, and the brackets between which keys belong together. */
const tokens = /("(?:[^"\\]|\\.)*")\s*:|"(?:[^"\\]|\\.)*"|[{}[\]]/g;

/**
 * A key that an object has twice, in text that is JSON. Parsers take the first, the last or neither, so that two
 * readers of one text would not see the same: https://www.rfc-editor.org/rfc/rfc8259#section-4
 */
function repeatedKey(json: string): string | undefined {
  const open: Set<string>[] = [];
  for (const [token, key] of json.matchAll(tokens)) {
    if (token === '{' || token === '[') open.push(new Set());
    else if (token === '}' || token === ']') open.pop();
    else if (key) {
      const name: string = JSON.parse(key);
      if (open.at(-1)?.has(name)) return name;
      open.at(-1)?.add(name);
    }
  }
  return undefined;
}

/** What a text says, if it is JSON that every reader understands in the same way. */
export type ReadJson =
  | { outcome: 'read'; value: unknown }
  | { outcome: 'not json' }
  | { outcome: 'repeated key'; key: string };

/** Reads a text as JSON. */
export function readJson(text: string): ReadJson {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { outcome: 'not json' };
  }
  const key = repeatedKey(text);
  return key === undefined ? { outcome: 'read', value } : { outcome: 'repeated key', key };
}
