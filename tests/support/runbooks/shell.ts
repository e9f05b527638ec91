import { spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findPython } from '../../../local-aws/python.ts';
import { accountctlMain } from '../accountctl-process.ts';
import { eager } from '../eager.ts';
import { type Ended, endOf } from '../ended.ts';

const awsCommand = fileURLToPath(new URL('../aws-cli/aws.py', import.meta.url));

/** Writes a command that hands its words on to a program. */
async function writeCommand(file: string, program: string, script: string): Promise<void> {
  await writeFile(file, `#!/bin/sh\nexec "${program}" "${script}" "$@"\n`);
  await chmod(file, 0o755);
}

/** A shell such as an SRE has: `rosactl`, `accountctl` and `aws` are there, and an empty folder to work in. */
export class Shell {
  private readonly folder: string;
  private readonly environment: Record<string, string>;

  private constructor(folder: string, environment: Record<string, string>) {
    this.folder = folder;
    this.environment = environment;
  }

  /**
   * @param project a folder that has `dist/rosactl.mjs`
   * @param environment credentials and addresses
   */
  static async open(project: string, environment: Record<string, string>): Promise<Shell> {
    const folder = await mkdtemp(join(tmpdir(), 'rosa-runbooks-'));
    const commands = join(folder, 'bin');
    await mkdir(commands);
    // Not AWS's own command: a machine may have none, or one of either major version.
    await writeCommand(join(commands, 'aws'), await findPython(() => {}), awsCommand);
    await writeCommand(join(commands, 'rosactl'), process.execPath, join(project, 'dist/rosactl.mjs'));
    await writeCommand(join(commands, 'accountctl'), process.execPath, accountctlMain);
    const path = [commands, process.env.PATH].join(delimiter);
    return new Shell(folder, { ...eager(), ...environment, PATH: path, HOME: '/nonexistent' });
  }

  /** Runs commands literally, up to the first that fails. */
  run(commands: string): Promise<Ended> {
    const child = spawn('bash', ['-euo', 'pipefail', '-c', commands], {
      cwd: this.folder,
      env: this.environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return endOf(child);
  }

  close(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }
}
