import { run } from './program.ts';

process.exitCode = await run(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  // The AWS SDK is loaded when a command needs it: help and usage errors come without that wait.
  context: async (flags, progress) => (await import('./context.ts')).makeContext(flags, progress),
});
