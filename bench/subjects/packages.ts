import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FunctionVersion } from '../../local-aws/lambda/function-version.ts';
import { unpack } from '../../local-aws/lambda/unpack.ts';
import type { Template } from '../../shared/customer-stack/template.ts';
import { packageSources } from '../../tools/package-sources.ts';
import { type ServiceFunction, serviceFunctions } from '../../tools/service-functions.ts';

/** A function as it would be deployed, unpacked to be run here. */
export interface PackagedFunction {
  component: string;
  version: FunctionVersion;
  directory: string;
  /** Its ES module in the directory. */
  file: string;
  zipBytes: number;
}

/** What the template says of a function. */
interface Settings {
  Handler: string;
  MemorySize: number;
  Timeout: number;
  Runtime: string;
  FunctionName: string;
  Environment: { Variables: Record<string, string> };
}

/** The account of the laptop AWS. */
const accountId = '123456789012';
const region = 'us-east-1';

const versionOf = (settings: Settings): FunctionVersion => ({
  region,
  accountId,
  name: settings.FunctionName,
  version: '1',
  runtime: settings.Runtime,
  handler: settings.Handler,
  timeoutSeconds: settings.Timeout,
  reservedConcurrency: null,
  memoryMb: settings.MemorySize,
  roleArn: '',
  codeSha256: '',
  logGroup: `/aws/lambda/${settings.FunctionName}`,
  environment: settings.Environment.Variables,
});

async function unpackFunction(
  { component, handlerKey, resource }: ServiceFunction,
  { template, zipFile }: { template: Template; zipFile(key: string): string },
  folder: string,
): Promise<PackagedFunction> {
  const made = template.Resources[`${resource}LambdaFunction`];
  if (!made) throw new Error(`the template has no function ${resource}`);
  const settings = made.Properties as unknown as Settings;
  const zip = await readFile(zipFile(handlerKey));
  const directory = join(folder, component);
  await unpack(zip, directory);
  const file = join(directory, `${settings.Handler.replace(/\.\w+$/, '')}.mjs`);
  return { component, version: versionOf(settings), directory, file, zipBytes: zip.length };
}

/** Packages the project's functions as a deploy would, and unpacks them below a folder. @throws ServerlessError */
export async function packageFunctions(project: string, folder: string): Promise<PackagedFunction[]> {
  const packaged = await packageSources(project);
  return Promise.all(serviceFunctions.map((one) => unpackFunction(one, packaged, folder)));
}
