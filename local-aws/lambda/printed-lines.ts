import type { Readable } from 'node:stream';

/** Collects the lines a sandbox prints, and tells when a mark written by the runner has come through. */
export class PrintedLines {
  #lines: string[] = [];
  #marks = new Map<string, { seen: number; reached: () => void }>();
  readonly #streams: number;

  constructor(...streams: Readable[]) {
    this.#streams = streams.length;
    for (const stream of streams) this.#follow(stream);
  }

  /** Resolves when every stream has printed this mark, so that no line before it is still on its way. */
  mark(name: string): Promise<void> {
    return new Promise((reached) => this.#marks.set(name, { seen: 0, reached }));
  }

  /** What was printed since the last call. */
  take(): string[] {
    const lines = this.#lines;
    this.#lines = [];
    return lines;
  }

  #follow(stream: Readable): void {
    let rest = '';
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) this.#add(line);
    });
    stream.on('close', () => {
      if (rest) this.#add(rest);
    });
  }

  #add(line: string): void {
    const zero = line.indexOf('\0');
    if (zero < 0) {
      this.#lines.push(line);
      return;
    }
    if (zero > 0) this.#lines.push(line.slice(0, zero));
    this.#count(line.slice(zero + 1));
  }

  #count(name: string): void {
    const mark = this.#marks.get(name);
    if (!mark) return;
    mark.seen += 1;
    if (mark.seen < this.#streams) return;
    this.#marks.delete(name);
    mark.reached();
  }
}
