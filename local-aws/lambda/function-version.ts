import { AwsError } from '../aws-errors.ts';
import type { Statement } from '../iam/policy.ts';
import { type Moto, NotInMoto } from '../moto.ts';
import { type FunctionAddress, functionArn } from './function-address.ts';

/** One version of a function, as it will run. */
export type FunctionVersion = {
  region: string;
  accountId: string;
  name: string;
  /** A number, or `$LATEST`. */
  version: string;
  runtime: string;
  handler: string;
  timeoutSeconds: number;
  memoryMb: number;
  roleArn: string;
  codeSha256: string;
  logGroup: string;
  environment: Record<string, string>;
  /** 0 switches all versions of the function off; null when nothing is reserved. */
  reservedConcurrency: number | null;
};

/** The fields of GetFunctionConfiguration that matter here. */
type Configuration = {
  FunctionName: string;
  Version: string;
  Runtime?: string;
  Handler?: string;
  Timeout: number;
  MemorySize: number;
  Role: string;
  CodeSha256: string;
  LoggingConfig: { LogGroup: string };
  Environment?: { Variables: Record<string, string> };
};

type Found = {
  configuration: Configuration;
  statements: Statement[];
  weights: Record<string, number>;
  reservedConcurrency: number | null;
};

function describe(
  { region, accountId }: FunctionAddress,
  { configuration, reservedConcurrency }: Pick<Found, 'configuration' | 'reservedConcurrency'>,
): FunctionVersion {
  return {
    region,
    accountId,
    name: configuration.FunctionName,
    version: configuration.Version,
    runtime: configuration.Runtime ?? 'container image',
    handler: configuration.Handler ?? '',
    timeoutSeconds: Number(configuration.Timeout),
    memoryMb: Number(configuration.MemorySize),
    roleArn: configuration.Role,
    codeSha256: configuration.CodeSha256,
    logGroup: configuration.LoggingConfig.LogGroup,
    environment: configuration.Environment?.Variables ?? {},
    reservedConcurrency,
  };
}

/**
 * The other version that a call of a weighted alias goes to; undefined when it goes to the alias's own.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html
 * @param draw from 0 up to 1
 */
export function otherVersion(weights: Record<string, number>, draw: number): string | undefined {
  let reached = 0;
  for (const [version, weight] of Object.entries(weights)) {
    reached += weight;
    if (draw < reached) return version;
  }
  return undefined;
}

/**
 * The version an address stands for now, and the resource policy of exactly that qualifier.
 * @returns undefined when there is no such function, version or alias.
 */
export async function findFunction(
  moto: Moto,
  address: FunctionAddress,
): Promise<{ version: FunctionVersion; statements: Statement[] } | undefined> {
  const { accountId, region, name, qualifier } = address;
  const ask = (one?: string) =>
    moto.ask<Found>('function', { accountId, region, name, ...(one && { qualifier: one }) });
  try {
    const found = await ask(qualifier);
    const other = otherVersion(found.weights, Math.random());
    const chosen = other ? await ask(other) : found;
    return { version: describe(address, chosen), statements: found.statements };
  } catch (error) {
    if (error instanceof NotInMoto) return undefined;
    throw error;
  }
}

/** AWS's answer to a function, version or alias that is not there. */
export function functionNotFound(address: FunctionAddress): AwsError {
  return new AwsError('ResourceNotFoundException', 404, `Function not found: ${functionArn(address)}`);
}
