import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type MotoProcess, spawnMoto } from '../../local-aws/moto-process.ts';
import { findPython } from '../../local-aws/python.ts';

/** A moto that is forked for each laptop AWS of a run of the tests, in place of dozens that load the same. */
let waiting: { process: MotoProcess; folder: string } | undefined;

/** Starts it, and tells the workers where it waits. */
export async function startWarmMoto(): Promise<void> {
  const python = await findPython((line) => process.stderr.write(`${line}\n`));
  const folder = await mkdtemp(join(tmpdir(), 'rosa-lambda-access-moto-'));
  const socket = join(folder, 'socket');
  const moto = spawnMoto(python, '--warm', socket);
  waiting = { process: moto, folder };
  const lines = createInterface(moto.output);
  const ended = moto.ended.then(() => Promise.reject(new Error('moto ended: its output above says why')));
  await Promise.race([once(lines, 'line'), ended]);
  ended.catch(() => undefined);
  process.env.LOCAL_AWS_WARM_MOTO = socket;
}

/** Ends it. Those that were forked end with their fronts. */
export async function stopWarmMoto(): Promise<void> {
  waiting?.process.input.end();
  await waiting?.process.ended;
  if (waiting) await rm(waiting.folder, { recursive: true });
}
