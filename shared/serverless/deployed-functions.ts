import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { DeployedFunction } from '../release/release.ts';
import type { Serverless, ServerlessFunction } from './serverless-api.ts';

/** The base64 SHA-256 of a deployment package, as Lambda reports it in CodeSha256. */
const codeSha256 = async (zip: string): Promise<string> =>
  createHash('sha256')
    .update(await readFile(zip))
    .digest('base64');

/** A request that names a region is tried in the region of the deploy: others may be in another partition. */
const inRegion = (request: DeployedFunction['smokeRequest'], region: string) =>
  'region' in request ? { ...request, region } : request;

async function deployed(
  folder: string,
  region: string,
  { name, handler, package: pack }: ServerlessFunction,
) {
  if (!pack?.artifact)
    throw new Error(`the deployment package of ${name} was not found. Deploy again without --package`);
  const smokeRequest = await readFile(resolve(folder, dirname(handler), 'smoke-request.json'), 'utf8');
  return {
    name,
    codeSha256: await codeSha256(resolve(folder, pack.artifact)),
    smokeRequest: inRegion(JSON.parse(smokeRequest), region),
  };
}

/** The functions of the service with the packages that were just deployed, and the request each is tried with. */
export function deployedFunctions(serverless: Serverless): Promise<DeployedFunction[]> {
  const { serviceDir, service } = serverless;
  const region = serverless.getProvider('aws').getRegion();
  return Promise.all(Object.values(service.functions).map((one) => deployed(serviceDir, region, one)));
}
