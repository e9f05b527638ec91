import { rm } from 'node:fs/promises';
import { runFolder } from './run-folder.ts';

/** Jest calls this when every test has ended. */
export default (): Promise<void> => rm(runFolder(), { recursive: true, force: true });
