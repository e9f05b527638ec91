import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { parse } from 'yaml';
import type { Call } from '../answers/calls.ts';

/** The SDK package and client of each service a function calls, by its signing name. */
const sdk: Record<string, { from: string; client: string }> = {
  ec2: { from: '@aws-sdk/client-ec2', client: 'EC2Client' },
  iam: { from: '@aws-sdk/client-iam', client: 'IAMClient' },
  servicequotas: { from: '@aws-sdk/client-service-quotas', client: 'ServiceQuotasClient' },
};

function serviceSource(service: string, actions: string[]): { imports: string; entry: string } {
  const found = sdk[service];
  if (!found)
    throw new Error(`bench/subjects/bare-bundle.ts knows no SDK client of ${service}; add it there`);
  const commands = actions.map((action) => `${action}: ${action}Command`);
  const names = [found.client, ...actions.map((action) => `${action}Command`)];
  return {
    imports: `import { ${names.join(', ')} } from '${found.from}';`,
    entry: `${service}: { Client: ${found.client}, commands: { ${commands.join(', ')} } }`,
  };
}

/** The source of a bare handler that can make these calls, and imports no more than that takes. */
export function bareSource(calls: readonly Call[]): string {
  const services = [...new Set(calls.map(({ service }) => service))].sort();
  const sources = services.map((service) => {
    const made = calls.filter((call) => call.service === service).map(({ action }) => action);
    return serviceSource(service, [...new Set(made)].sort());
  });
  return [
    `import { bareHandler } from './bare-handler.ts';`,
    ...sources.map(({ imports }) => imports),
    `export const handler = bareHandler({ ${sources.map(({ entry }) => entry).join(', ')} });`,
  ].join('\n');
}

/** The settings the functions are bundled with; those of the plugin serverless-esbuild alone are left out. */
async function bundleSettings(project: string): Promise<BuildOptions> {
  const { custom } = parse(await readFile(join(project, 'serverless.yml'), 'utf8'));
  const { exclude, outputFileExtension, ...settings } = custom.esbuild;
  return settings;
}

/** Bundles a bare handler for these calls just as the functions are. */
export async function bundleBareHandler(
  project: string,
  calls: readonly Call[],
  outfile: string,
): Promise<void> {
  await build({
    ...(await bundleSettings(project)),
    stdin: { contents: bareSource(calls), resolveDir: join(project, 'bench/subjects'), loader: 'ts' },
    outfile,
  });
}
