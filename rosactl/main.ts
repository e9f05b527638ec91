import { run } from './program.ts';
import { endWithoutReader, terminal } from './terminal.ts';

endWithoutReader();

process.exitCode = await run(process.argv.slice(2), terminal);
