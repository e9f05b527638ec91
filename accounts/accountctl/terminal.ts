import { terminalIo } from '../../shared/cli/terminal.ts';
import type { Io } from './tool.ts';

/** The process's own streams. */
export const terminal: Io = terminalIo(async (flags, shell) => {
  const [{ settingsFrom }, { makeContext }] = await Promise.all([
    import('./settings.ts'),
    import('./context.ts'),
  ]);
  return makeContext(settingsFrom(flags), shell);
});
