import { spawnSync } from 'node:child_process';
import { tell, verdictOf } from './verdict.ts';

/**
 * Asks for known weaknesses of all packages, those for building among them: most of what is shipped is bundled, and
 * so no dependency of the tarball.
 */
const npm = process.env.npm_execpath;
const [command, first] = npm ? [process.execPath, [npm]] : ['npm', []];
const { stdout, error } = spawnSync(command, [...first, 'audit', '--audit-level=high', '--json'], {
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'ignore'],
});
const { text, status } = tell(verdictOf(error ? error.message : stdout));
console.log(text);
process.exitCode = status;
