import { readFileSync } from 'node:fs';

/** `import … from 'x'` and `export … from 'x'`, without those of types, which are gone when the code runs. */
const staticImport = /^(?:import|export) (?!type )(?:[^;]*? from )?'([^']+)';/gms;

/** All modules that are loaded with one: its own by address, those of packages by name. */
export function loadedWith(entry: URL): string[] {
  const found = new Set<string>([entry.href]);
  for (const module of found) {
    if (!module.startsWith('file:') || !module.endsWith('.ts')) continue;
    for (const [, name = ''] of readFileSync(new URL(module), 'utf8').matchAll(staticImport)) {
      found.add(name.startsWith('.') ? new URL(name, module).href : name);
    }
  }
  return [...found];
}
