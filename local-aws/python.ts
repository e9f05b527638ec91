import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const HERE = fileURLToPath(new URL('.', import.meta.url));
const VENV = fileURLToPath(new URL('../.local-aws/venv', import.meta.url));
const VENV_PYTHON = join(VENV, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');

/** moto 5.1 or newer with what its server needs. Looking for them is quicker than importing them. */
const CHECK = `
from importlib.metadata import version
from importlib.util import find_spec
assert all(map(find_spec, ["moto", "flask", "flask_cors", "cfnlint"]))
assert tuple(map(int, version("moto").split(".")[:2])) >= (5, 1)
`;

/** Says that no usable Python was found and what to install. */
export class PythonError extends Error {
  override name = 'PythonError';
}

async function hasMoto(python: string): Promise<boolean> {
  return run(python, ['-c', CHECK]).then(
    () => true,
    () => false,
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
        '(on Debian: apt install python3 python3-venv), or set LOCAL_AWS_PYTHON to a Python that has moto[server]',
    );
  }
  log('Installing moto into .local-aws/venv, once; this takes a minute or two.');
  try {
    if (!existsSync(VENV_PYTHON)) await run(python, ['-m', 'venv', VENV]);
    await run(VENV_PYTHON, ['-m', 'pip', 'install', '--quiet', '-r', join(HERE, 'requirements.txt')]);
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

/**
 * Finds a Python that can run moto: `LOCAL_AWS_PYTHON`, one on the PATH, the project's own virtualenv; failing
 * all of these it makes the virtualenv.
 * @throws PythonError with what to install.
 */
export async function findPython(log: (line: string) => void): Promise<string> {
  const chosen = process.env.LOCAL_AWS_PYTHON;
  if (chosen && !(await hasMoto(chosen))) {
    throw new PythonError(
      `LOCAL_AWS_PYTHON is ${chosen}, which has no moto[server] 5.1 or newer; install local-aws/requirements.txt ` +
        'there, or unset LOCAL_AWS_PYTHON',
    );
  }
  for (const python of [chosen, 'python3', 'python', VENV_PYTHON]) {
    if (python && (await hasMoto(python))) return python;
  }
  return createVenv(log);
}
