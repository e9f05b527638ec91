import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

/** `import … from 'x'` and `export … from 'x'`, without those of types, which are gone when the code runs. */
const staticImport = /^(?:import|export) (?!type )(?:[^;]*? from )?'([^']+)';/gms;

/** All modules that are loaded with one: its own by address, those of packages by name. */
function loadedWith(entry: URL): Set<string> {
  const found = new Set<string>([entry.href]);
  for (const module of found) {
    if (!module.startsWith('file:') || !module.endsWith('.ts')) continue;
    for (const [, name = ''] of readFileSync(new URL(module), 'utf8').matchAll(staticImport)) {
      found.add(name.startsWith('.') ? new URL(name, module).href : name);
    }
  }
  return found;
}

describe('the start of rosactl', () => {
  const loaded = [...loadedWith(new URL('../../../rosactl/main.ts', import.meta.url))];

  it('loads the commands', () => {
    expect(loaded.some((module) => module.endsWith('rosactl/commands/setup-account.ts'))).toBe(true);
  });

  it('loads neither an AWS client nor YAML, which only some commands need: help has to come at once', () => {
    expect(loaded.filter((module) => /^(@aws-sdk\/|yaml|log-update)/.test(module))).toEqual([]);
  });

  it('loads nothing of what only reports need', () => {
    expect(loaded.filter((module) => /\/report-page\.ts$|\/drawing\//.test(module))).toEqual([]);
  });
});
