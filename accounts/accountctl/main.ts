import { endWithoutReader } from '../../shared/cli/terminal.ts';
import { terminal } from './terminal.ts';
import { run } from './tool.ts';

endWithoutReader('accountctl');

process.exitCode = await run(process.argv.slice(2), terminal);
