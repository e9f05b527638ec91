import { endWithoutReader } from '../shared/cli/terminal.ts';
import { run } from './program.ts';
import { terminal } from './terminal.ts';

endWithoutReader('rosactl');

process.exitCode = await run(process.argv.slice(2), terminal);
