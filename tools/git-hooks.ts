import { execFileSync } from 'node:child_process';

/** Points git to the hooks in `.githooks`; does nothing outside a git checkout, as in an unpacked archive. */
try {
  execFileSync('git', ['config', 'core.hooksPath', '.githooks'], { stdio: 'ignore' });
} catch {
  console.warn('This is no git checkout, so no commit hook was set.');
}
