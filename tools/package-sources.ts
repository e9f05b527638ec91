import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Template } from '../shared/customer-stack/template.ts';
import { runServerless } from './deploy.ts';

/** What `serverless package` has made of the sources. */
export interface PackagedSources {
  template: Template;
  templateFile: string;
  /** The file with a function's package. @param handlerKey its key in serverless.yml */
  zipFile(handlerKey: string): string;
}

/** Packaging makes no call to AWS; it is pointed where nothing answers. */
const environment = { AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_REGION: 'us-east-1' };

/** What `serverless package` has left in a folder. */
export async function packagedSources(folder: string): Promise<PackagedSources> {
  const made = (file: string) => join(folder, '.serverless', file);
  const templateFile = made('cloudformation-template-update-stack.json');
  return {
    template: JSON.parse(await readFile(templateFile, 'utf8')) as Template,
    templateFile,
    zipFile: (handlerKey) => made(`${handlerKey}.zip`),
  };
}

/** Packages the service of a folder, the project or a copy of it. @throws ServerlessError */
export async function packageSources(
  folder: string,
  parameters: Record<string, string> = {},
): Promise<PackagedSources> {
  await runServerless(['package'], { stage: 'prod', environment, parameters, folder });
  return packagedSources(folder);
}
