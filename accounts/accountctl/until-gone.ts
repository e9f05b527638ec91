import { type Resource, type ResourceKey, sentenceOf } from '../../shared/resources/resource.ts';
import type { Say } from '../../shared/tasks.ts';
import type { Context } from './command.ts';
import { TimedOut } from './failure.ts';

/** Time between looks. */
const pauseMs = 2_000;

const waitingFor = ({ metadata }: Resource): string =>
  metadata.finalizers.length > 0 ? `waits for ${metadata.finalizers.join(', ')}` : 'is still there';

/**
 * Waits until a resource is gone; one that is made again under its name is another.
 * @param seconds how long at most
 * @throws TimedOut
 */
export async function untilGone(
  { store, tasks, now, pause }: Context,
  { key, uid, seconds }: { key: ResourceKey; uid: string; seconds: number },
): Promise<void> {
  const deadline = now().getTime() + seconds * 1_000;
  const wait = async (say: Say): Promise<void> => {
    let said = '';
    for (;;) {
      const resource = await store.get(key);
      if (resource?.metadata.uid !== uid) return;
      const waiting = waitingFor(resource);
      if (waiting !== said) say(waiting);
      said = waiting;
      if (now().getTime() >= deadline) throw new TimedOut(`${sentenceOf(key)} ${waiting} after ${seconds} s`);
      await pause(pauseMs);
    }
  };
  await tasks.run(`Wait until ${sentenceOf(key)} is gone`, wait);
}
