import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Serverless } from './serverless-api.ts';

/** What `serverless invoke local` loads in place of a handler: see `writeLocalHandler`. */
const localHandler = (
  module: string,
  functionArn: string,
): string => `exports.handler = async (event, context) => {
  const { handler } = await import('./${module}.mjs');
  return handler(event, { ...context, invokedFunctionArn: ${JSON.stringify(functionArn)} });
};
`;

/**
 * Lets `serverless invoke local` run a bundled handler: it loads only CommonJS, and its context lacks the ARN
 * that tells an operation its partition, region and account. The ARN is that of the account whose credentials
 * are in use.
 */
export async function writeLocalHandler(serverless: Serverless, functionKey: string): Promise<void> {
  const provider = serverless.getProvider('aws');
  const { accountId, partition } = await provider.getAccountInfo();
  const { name, handler } = serverless.service.functions[functionKey] ?? {};
  if (!name || !handler) return;
  const file = handler.replace(/\.\w+$/, '');
  const functionArn = `arn:${partition}:lambda:${provider.getRegion()}:${accountId}:function:${name}`;
  const source = localHandler(file.split('/').at(-1) ?? file, functionArn);
  await writeFile(join(serverless.serviceDir, `${file}.cjs`), source);
}
