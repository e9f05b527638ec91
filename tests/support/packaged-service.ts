import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runServerless } from '../../tools/deploy.ts';
import { copyProject } from './project-copy.ts';

/** A resource of a CloudFormation template. */
interface Resource {
  Type: string;
  Properties: Record<string, unknown>;
}

export interface Template {
  Parameters: Record<string, { Type: string; Default: string }>;
  Conditions: Record<string, unknown>;
  Resources: Record<string, Resource>;
}

/** What `serverless package` made. */
export interface PackagedService {
  folder: string;
  template: Template;
  templateFile: string;
  zip(functionKey: string): Promise<Buffer>;
  remove(): Promise<void>;
}

/** Packaging makes no call to AWS; it is pointed where nothing answers. */
const environment = { AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_REGION: 'us-east-1' };

/** Packages the service in a copy of the project. */
export async function packageService(parameters: Record<string, string> = {}): Promise<PackagedService> {
  const { folder, remove } = await copyProject();
  await runServerless(['package'], { stage: 'prod', environment, parameters, folder });
  const made = (file: string) => join(folder, '.serverless', file);
  const templateFile = made('cloudformation-template-update-stack.json');
  return {
    folder,
    templateFile,
    template: JSON.parse(await readFile(templateFile, 'utf8')) as Template,
    zip: (functionKey) => readFile(made(`${functionKey}.zip`)),
    remove,
  };
}
