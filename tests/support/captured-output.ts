import { jest } from '@jest/globals';

/** A structured record that was written to standard output or error. */
export type LogRecord = Record<string, unknown>;

/** Collects what the code under test writes to standard output and error, until it is restored. */
export function captureOutput(): { records(): LogRecord[]; text(): string; restore(): void } {
  let text = '';
  const take = (chunk: unknown) => {
    text += String(chunk);
    return true;
  };
  const spies = [process.stdout, process.stderr].map((stream) =>
    jest.spyOn(stream, 'write').mockImplementation(take),
  );
  return {
    records: () =>
      text
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line) as LogRecord),
    text: () => text,
    restore: () => {
      for (const spy of spies) spy.mockRestore();
    },
  };
}
