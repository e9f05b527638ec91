import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { DeployedFunction } from '../release/release.ts';
import { fitSmokeRequest, type SmokeRequest, type Surroundings } from '../release/smoke-request.ts';
import { sharedParameters } from './hooks.ts';
import type { Serverless, ServerlessFunction } from './serverless-api.ts';

/** The base64 SHA-256 of a deployment package, as Lambda reports it in CodeSha256. */
const codeSha256 = async (zip: string): Promise<string> =>
  createHash('sha256')
    .update(await readFile(zip))
    .digest('base64');

async function deployed(
  folder: string,
  surroundings: Surroundings,
  { name, handler, package: pack }: ServerlessFunction,
) {
  if (!pack?.artifact)
    throw new Error(`the deployment package of ${name} was not found. Deploy again without --package`);
  const smokeRequest = await readFile(resolve(folder, dirname(handler), 'smoke-request.json'), 'utf8');
  return {
    name,
    codeSha256: await codeSha256(resolve(folder, pack.artifact)),
    smokeRequest: fitSmokeRequest(JSON.parse(smokeRequest) as SmokeRequest, surroundings),
  };
}

/** The functions of the service with the packages that were just deployed, and the request each is tried with. */
export function deployedFunctions(serverless: Serverless): Promise<DeployedFunction[]> {
  const { serviceDir, service } = serverless;
  const { oidcIssuerPattern = '*' } = sharedParameters(serverless);
  const surroundings = { region: serverless.getProvider('aws').getRegion(), oidcIssuerPattern };
  return Promise.all(Object.values(service.functions).map((one) => deployed(serviceDir, surroundings, one)));
}
