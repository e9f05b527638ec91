import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const HERE = fileURLToPath(new URL('.', import.meta.url));
const REQUIREMENTS = join(HERE, 'requirements.txt');
const VENV = fileURLToPath(new URL('../.local-aws/venv', import.meta.url));
const VENV_PYTHON = join(VENV, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');

/** Prints moto's version when what its server needs is there too. Looking for them is quicker than importing them. */
const SHOW_MOTO = `
from importlib.metadata import version
from importlib.util import find_spec
assert all(map(find_spec, ["moto", "flask", "flask_cors", "cfnlint"]))
print(version("moto"))
`;

/** Says that no usable Python was found and what to install. */
export class PythonError extends Error {
  override name = 'PythonError';
}

const minorOf = (version: string) => version.split('.', 2).join('.');

/** The pinned `major.minor`: `moto-server/` changes moto's internals, which another one may have rearranged. */
async function neededMoto(): Promise<string> {
  const pinned = /^moto\[server\]==(\S+)/m.exec(await readFile(REQUIREMENTS, 'utf8'))?.[1];
  if (!pinned) throw new Error(`${REQUIREMENTS} does not pin moto[server] with ==`);
  return minorOf(pinned);
}

/** The version of a Python's moto; `undefined` when something is missing. */
async function motoOf(python: string): Promise<string | undefined> {
  return run(python, ['-c', SHOW_MOTO]).then(
    ({ stdout }) => stdout.trim(),
    () => undefined,
  );
}

async function firstPython(): Promise<string | undefined> {
  for (const python of ['python3', 'python']) {
    const works = await run(python, ['-c', 'import sys, venv; assert sys.version_info >= (3, 10)']).then(
      () => true,
      () => false,
    );
    if (works) return python;
  }
  return undefined;
}

async function createVenv(log: (line: string) => void): Promise<string> {
  const python = await firstPython();
  if (!python) {
    throw new PythonError(
      'the laptop AWS runs on moto and found no Python 3.10 or newer with the venv module; install Python 3 ' +
        '(on Debian: apt install python3 python3-venv), or set LOCAL_AWS_PYTHON to a Python in which ' +
        'local-aws/requirements.txt is installed',
    );
  }
  log('Installing moto into .local-aws/venv, once; this takes a minute or two.');
  try {
    if (!existsSync(VENV_PYTHON)) await run(python, ['-m', 'venv', VENV]);
    await run(VENV_PYTHON, ['-m', 'pip', 'install', '--quiet', '-r', REQUIREMENTS]);
  } catch (cause) {
    const reason = (cause as { stderr?: string }).stderr?.trim().split('\n').at(-1) ?? String(cause);
    throw new PythonError(
      `moto could not be installed into .local-aws/venv (${reason}); check that pip reaches its package index, or ` +
        'install local-aws/requirements.txt yourself and set LOCAL_AWS_PYTHON to that Python',
      { cause },
    );
  }
  return VENV_PYTHON;
}

function unfit(chosen: string, found: string | undefined, needed: string): PythonError {
  const has = found ? `moto ${found}` : 'no moto[server]';
  return new PythonError(
    `LOCAL_AWS_PYTHON is ${chosen}, which has ${has} where moto ${needed} is needed; install ` +
      'local-aws/requirements.txt there, or unset LOCAL_AWS_PYTHON',
  );
}

/**
 * Finds a Python with the moto that `requirements.txt` pins, patch releases aside: `LOCAL_AWS_PYTHON`, one on the
 * PATH, the project's own virtualenv; failing all of these it makes the virtualenv or brings it up to date.
 * @throws PythonError with what to install.
 */
export async function findPython(log: (line: string) => void): Promise<string> {
  const needed = await neededMoto();
  const chosen = process.env.LOCAL_AWS_PYTHON;
  for (const python of chosen ? [chosen] : ['python3', 'python', VENV_PYTHON]) {
    const found = await motoOf(python);
    if (found && minorOf(found) === needed) return python;
    if (chosen) throw unfit(chosen, found, needed);
    if (found) log(`Passing over ${python}: it has moto ${found} where moto ${needed} is needed.`);
  }
  return createVenv(log);
}
