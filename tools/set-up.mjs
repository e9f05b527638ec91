// Runs on the Node of the machine, before anything is installed: no TypeScript and no package in here. What follows
// it in package.json is an npm script of its own, since a shell keeps using the first `node` it has found.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const oldest = [20, 19];

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
  console.error(
    `This needs Node ${oldest.join('.')} or newer and found ${process.versions.node}. Install a newer Node.`,
  );
  process.exit(1);
}

/** npm writes this file at the end of an install; older than the lock file means that the lock file has changed. */
const installed = `${root}node_modules/.package-lock.json`;
const isCurrent =
  existsSync(installed) && statSync(installed).mtimeMs >= statSync(`${root}package-lock.json`).mtimeMs;

if (!isCurrent) {
  console.error('Installing what package-lock.json names (once; a minute or two)');
  const npm = process.env.npm_execpath;
  const [command, first] = npm ? [process.execPath, [npm]] : ['npm', []];
  const args = [...first, 'ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) {
    console.error('npm ci failed; what it printed above says why. Mend it and run the same command again.');
    process.exit(1);
  }
}
