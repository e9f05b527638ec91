/** A piece of a query. */
export interface Token {
  kind: 'word' | 'number' | 'text' | 'regex' | 'sign';
  text: string;
}

const kinds: [Token['kind'], RegExp][] = [
  ['text', /^"([^"]*)"|^'([^']*)'/],
  ['regex', /^\/((?:[^/\\[]|\\.|\[(?:[^\]\\]|\\.)*\])+)\//],
  ['number', /^\d+(?:\.\d+)?/],
  ['word', /^[@A-Za-z_][\w.@]*/],
  ['sign', /^(?:!=|<=|>=|[=<>(),*|[\]])/],
];

/** Comments begin with # and end with the line. */
const blank = /^(?:\s+|#[^\n]*)/;

/** @throws Error for what is no query of the kind used here */
function next(text: string): { token: Token; length: number } {
  for (const [kind, pattern] of kinds) {
    const found = pattern.exec(text);
    if (found) return { token: { kind, text: found[1] ?? found[2] ?? found[0] }, length: found[0].length };
  }
  throw new Error(`the query cannot be read from here on: ${text.slice(0, 40)}`);
}

/** Cuts a query into its commands, and each of them into tokens. */
export function commandsIn(query: string): Token[][] {
  const commands: Token[][] = [[]];
  let rest = query;
  while (rest !== '') {
    const space = blank.exec(rest)?.[0].length;
    const { token, length } = space ? { length: space } : next(rest);
    rest = rest.slice(length);
    if (token?.kind === 'sign' && token.text === '|') commands.push([]);
    else if (token) commands.at(-1)?.push(token);
  }
  return commands;
}

/** Reads tokens one after another. */
export class Reader {
  private readonly tokens: Token[];
  private at = 0;

  constructor(tokens: Token[]) {
    this.tokens = tokens;
  }

  get done(): boolean {
    return this.at >= this.tokens.length;
  }

  /** The next token, or an empty one at the end. */
  peek(): Token {
    return this.tokens[this.at] ?? { kind: 'sign', text: '' };
  }

  take(): Token {
    const token = this.peek();
    this.at += 1;
    return token;
  }

  /** Takes the next token if it is this word or sign. Keywords are the same in capitals. */
  has(text: string): boolean {
    const { kind, text: found } = this.peek();
    const matches = (kind === 'word' || kind === 'sign') && found.toLowerCase() === text;
    if (matches) this.at += 1;
    return matches;
  }

  /** @throws Error when something else comes */
  expect(text: string): void {
    if (!this.has(text)) throw new Error(`"${text}" is missing before "${this.peek().text}"`);
  }

  /** Reads one thing after another, separated by commas. */
  list<Item>(item: () => Item): Item[] {
    const items = [item()];
    while (this.has(',')) items.push(item());
    return items;
  }
}
