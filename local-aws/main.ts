import { type LocalAws, startLocalAws } from './local-aws.ts';
import { type Options, readOptions, USAGE, UsageError } from './options.ts';
import { pasteLines } from './paste.ts';
import { PythonError } from './python.ts';

function explain(error: unknown, { port }: Options): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE')
    return `port ${port} is taken, perhaps by another laptop AWS; stop that or give --port 0`;
  if (error instanceof PythonError) return message;
  return `the laptop AWS did not start: ${message}`;
}

function announce(aws: LocalAws, { enforceIam }: Options): void {
  console.log('Paste this where you want to use it; Ctrl-C here ends it and forgets everything.\n');
  for (const line of pasteLines(aws)) console.log(line);
  console.log(`\nready at ${aws.url}, IAM is ${enforceIam ? 'enforced' : 'not enforced (--enforce-iam)'}`);
}

async function run(options: Options): Promise<void> {
  const started = startLocalAws({ ...options, log: (line) => console.error(line) });
  const stop = async () => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.removeListener(signal, stop);
    await (await started).close();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
  announce(await started, options);
}

try {
  const options = readOptions(process.argv.slice(2));
  await run(options).catch((error: unknown) => {
    console.error(explain(error, options));
    process.exitCode = 1;
    process.removeAllListeners('SIGINT').removeAllListeners('SIGTERM');
  });
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(`${error.message}\n\n${USAGE}`);
  process.exitCode = 2;
}
