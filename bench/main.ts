import { readFile } from 'node:fs/promises';
import { PythonError } from '../local-aws/python.ts';
import { UsageError } from '../shared/cli/usage-error.ts';
import { comparison } from './compare.ts';
import { type BenchDocument, DocumentError, readDocument } from './document.ts';
import { type Options, readOptions, usage } from './options.ts';

/** What goes on is told on standard error: standard output is for the document, or the table. */
const log = (line: string) => console.error(line);

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());

async function documentIn(file: string): Promise<BenchDocument> {
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new DocumentError(`${file} cannot be read (${cause.code}); give the file of an earlier run`, {
      cause,
    });
  });
  return readDocument(text, file);
}

/** Measures. What that takes is loaded only now: a wrong command line is told at once. */
async function measure(options: Options): Promise<BenchDocument> {
  const { runBench } = await import('./run-bench.ts');
  return runBench(options, stop.signal, log);
}

async function run(options: Options): Promise<void> {
  // Read first: a run takes minutes, and a wrong file should not be found out after it.
  const old = options.compare === undefined ? undefined : await documentIn(options.compare);
  const now = options.file === undefined ? await measure(options) : await documentIn(options.file);
  process.stdout.write(old ? comparison(old, now) : `${JSON.stringify(now, undefined, 2)}\n`);
  const broken = now.budgets.filter(({ kept }) => !kept);
  for (const { budget, case: name, measured, limit } of broken)
    log(`broken: ${name}: ${budget}: ${measured}, where ${limit} is the limit`);
  if (options.check && broken.length > 0) process.exitCode = 1;
}

/** Says what went wrong. @returns the exit status @throws what is a fault of the bench */
function explain(error: unknown): number {
  if (stop.signal.aborted) {
    log('Stopped');
    return 130;
  }
  if (error instanceof PythonError) {
    log(error.message);
    return 1;
  }
  if (!(error instanceof UsageError || error instanceof DocumentError)) throw error;
  log(error instanceof UsageError ? `${error.message}\n\n${usage}` : error.message);
  return 2;
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) process.stdout.write(usage);
  else await run(options);
} catch (error) {
  process.exitCode = explain(error);
}
