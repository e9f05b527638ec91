import { terminalIo } from '../shared/cli/terminal.ts';
import { environment } from './environment.ts';
import type { Io } from './program.ts';

/** The process's own streams. */
export const terminal: Io = terminalIo(async (flags, shell) => {
  const [{ readConfigFile }, { settingsFrom }, { makeContext }] = await Promise.all([
    import('./config-file.ts'),
    import('./settings.ts'),
    import('./context.ts'),
  ]);
  return makeContext(settingsFrom(flags, environment(), await readConfigFile()), shell);
});
