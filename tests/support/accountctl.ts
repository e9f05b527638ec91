import type { Context } from '../../accounts/accountctl/command.ts';
import type { GlobalFlags } from '../../accounts/accountctl/settings.ts';
import { type Io, run } from '../../accounts/accountctl/tool.ts';
import { painter } from '../../shared/cli/paint.ts';
import type { Shell } from '../../shared/cli/run.ts';
import type { ResourceStore } from '../../shared/resources/resource-store.ts';
import { silentTasks } from '../../shared/tasks.ts';

/** What a test has accountctl find. */
export interface Surroundings {
  store: ResourceStore;
  /** Files by name; `-` is standard input. */
  files?: Record<string, string>;
  /** What the person answers; absent: there is nobody. */
  answer?: string;
  now?: Date;
  /** Called instead of each pause, and awaited; the run is interrupted when it says so. */
  onPause?: () => Promise<'interrupt' | undefined>;
}

function contextOf(
  { store, files = {}, now, onPause }: Surroundings,
  shell: Shell,
  interrupt: () => void,
): Context {
  const clock = { ms: (now ?? new Date()).getTime() };
  return {
    ...shell,
    store,
    readText: async (file) => files[file] ?? Promise.reject(new Error(`the test has no file ${file}`)),
    now: () => new Date(clock.ms),
    pause: async (ms) => {
      clock.ms += ms;
      if ((await onPause?.()) === 'interrupt') interrupt();
    },
  };
}

/** Runs accountctl whole, in process, and gives back what it printed. */
export async function accountctl(surroundings: Surroundings, ...argv: string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const given: { flags?: GlobalFlags } = {};
  const interruption = new AbortController();
  const { answer } = surroundings;
  const io: Io = {
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
    ...(answer !== undefined && { ask: async () => answer }),
    tasks: async () => silentTasks,
    paint: () => painter(false),
    interruption: () => interruption.signal,
    context: async (flags, shell) => {
      given.flags = flags;
      return contextOf(surroundings, shell, () => interruption.abort());
    },
  };
  const exitCode = await run(argv, io);
  return { exitCode, out: out.join(''), err: err.join(''), flags: given.flags };
}
