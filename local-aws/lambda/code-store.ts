import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Moto } from '../moto.ts';
import type { FunctionVersion } from './function-version.ts';
import { unpack } from './unpack.ts';

/** The unpacked code of every function version that ran, one directory for each CodeSha256. */
export class CodeStore {
  readonly #moto: Moto;
  readonly #root: Promise<string>;
  readonly #unpacked = new Map<string, Promise<string>>();

  constructor(moto: Moto) {
    this.#moto = moto;
    this.#root = mkdtemp(join(tmpdir(), 'local-aws-'));
  }

  /** The directory with a version's code, which is `LAMBDA_TASK_ROOT` and the working directory. */
  directory(version: FunctionVersion): Promise<string> {
    const known = this.#unpacked.get(version.codeSha256);
    if (known) return known;
    const unpacking = this.#fetch(version);
    this.#unpacked.set(version.codeSha256, unpacking);
    unpacking.catch(() => this.#unpacked.delete(version.codeSha256));
    return unpacking;
  }

  async #fetch({ accountId, region, name, version, codeSha256 }: FunctionVersion): Promise<string> {
    const zip = await this.#moto.askBytes('code', { accountId, region, name, version });
    const directory = join(await this.#root, Buffer.from(codeSha256, 'base64').toString('hex'));
    await unpack(zip, directory);
    return directory;
  }

  /** Removes everything that was unpacked. */
  async remove(): Promise<void> {
    await rm(await this.#root, { recursive: true, force: true });
  }
}
