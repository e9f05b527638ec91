import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import project from '../../../package.json' with { type: 'json' };
import lock from '../../../package-lock.json' with { type: 'json' };

const exact = /^\d+\.\d+\.\d+$/;
const named = { ...project.dependencies, ...project.devDependencies, ...project.overrides };

interface Locked {
  version: string;
  integrity?: string;
  resolved?: string;
}
const { '': own, ...packages } = lock.packages as Record<string, Locked>;

const linesOf = async (file: string): Promise<string[]> => {
  const text = await readFile(new URL(`../../../${file}`, import.meta.url), 'utf8');
  return text.split('\n').filter((line) => line && !line.startsWith('#'));
};

describe('a dependency in package.json', () => {
  it.each(Object.entries(named))('is one version: %s %s', (_name, version) => {
    expect(version).toMatch(exact);
  });

  it.each(Object.entries(named))('is locked at that version: %s %s', (name, version) => {
    expect(packages[`node_modules/${name}`]?.version).toBe(version);
  });
});

describe('package-lock.json', () => {
  it('is that of package.json', () => {
    const { dependencies, devDependencies } = own as unknown as typeof project;
    expect({ dependencies, devDependencies }).toEqual({
      dependencies: project.dependencies,
      devDependencies: project.devDependencies,
    });
  });

  it('has a SHA-512 of every package', () => {
    const without = Object.entries(packages).filter(([, { integrity }]) => !integrity?.startsWith('sha512-'));
    expect(without.map(([path]) => path)).toEqual([]);
  });

  it('names no address that packages come from: that is a setting of the machine', () => {
    expect(Object.keys(packages).filter((path) => packages[path]?.resolved)).toEqual([]);
  });
});

describe('what npm adds later', () => {
  it('is pinned by .npmrc', async () => {
    const settings = await linesOf('.npmrc');
    expect(settings).toEqual(
      expect.arrayContaining(['save-exact=true', 'omit-lockfile-registry-resolved=true']),
    );
  });
});

describe('the Python packages of the laptop AWS', () => {
  it('are one version each, and so is what they bring', async () => {
    const [constraints = '', ...asked] = await linesOf('local-aws/requirements.txt');
    expect(constraints).toBe('-c constraints.txt');
    for (const line of asked) expect(line).toMatch(/^[a-z-]+(\[[a-z]+\])?==\d+(\.\d+)+$/);
    const brought = await linesOf('local-aws/constraints.txt');
    expect(brought.length).toBeGreaterThan(asked.length);
    for (const line of brought) {
      expect(line).toMatch(/^[a-z0-9-]+==\d+(\.\d+)*(\.post\d+)?(; python_version >= "3\.\d+")?$/);
    }
  });
});
