import { existsSync } from 'node:fs';
import { mkdir, rename, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { runFolder } from './run-folder.ts';

const everyMs = 50;

/** Whether the folder was not there before. */
const claimed = (folder: string): Promise<boolean> =>
  mkdir(folder).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return false;
      throw error;
    },
  );

/**
 * A folder that is made once in a run of the tests: to read, not to change. Whoever needs it while another worker
 * makes it waits for that, as long as a test may take.
 * @param make makes it elsewhere in the run's folder and answers where
 */
export async function madeOnce(name: string, make: () => Promise<string>): Promise<string> {
  const made = join(runFolder(), name);
  const claim = `${made}.claim`;
  while (!existsSync(made)) {
    if (!(await claimed(claim))) {
      await wait(everyMs);
      continue;
    }
    try {
      if (!existsSync(made)) await rename(await make(), made);
    } finally {
      await rmdir(claim);
    }
  }
  return made;
}
