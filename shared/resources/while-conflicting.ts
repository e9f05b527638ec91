import { ConflictError } from './resource-store.ts';

/** Writers that meet on one resource are few, and each round lets one of them through. */
const rounds = 4;

/**
 * Reads and writes a resource anew when somebody else has written it in between.
 * @throws ConflictError when that happens again and again
 */
export async function whileConflicting<Value>(readAndWrite: () => Promise<Value>): Promise<Value> {
  for (let round = 1; ; round += 1) {
    try {
      return await readAndWrite();
    } catch (error) {
      if (!(error instanceof ConflictError) || round === rounds) throw error;
    }
  }
}
