import { readFile } from 'node:fs/promises';
import { UsageError } from '../rosactl/usage-error.ts';
import { comparison } from './compare.ts';
import { type BenchDocument, DocumentError, readDocument } from './document.ts';
import { type Options, readOptions, usage } from './options.ts';
import { runBench } from './run-bench.ts';

/** What goes on is told on standard error: standard output is for the document, or the table. */
const log = (line: string) => console.error(line);

async function documentIn(file: string): Promise<BenchDocument> {
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new DocumentError(`${file} cannot be read (${cause.code}); give the file of an earlier run`, {
      cause,
    });
  });
  return readDocument(text, file);
}

async function run(options: Options): Promise<void> {
  // Read first: a run takes minutes, and a wrong file should not be found out after it.
  const old = options.compare === undefined ? undefined : await documentIn(options.compare);
  const now = options.file === undefined ? await runBench(options, log) : await documentIn(options.file);
  process.stdout.write(old ? comparison(old, now) : `${JSON.stringify(now, undefined, 2)}\n`);
  const broken = now.budgets.filter(({ kept }) => !kept);
  for (const { budget, case: name, measured, limit } of broken)
    log(`broken: ${name}: ${budget}: ${measured}, where ${limit} is the limit`);
  if (options.check && broken.length > 0) process.exitCode = 1;
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) process.stdout.write(usage);
  else await run(options);
} catch (error) {
  if (!(error instanceof UsageError || error instanceof DocumentError)) throw error;
  log(error instanceof UsageError ? `${error.message}\n\n${usage}` : error.message);
  process.exitCode = 2;
}
