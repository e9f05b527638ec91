import type { CustomerAccount } from '../../accounts/customer-account.ts';
import type { OperationName, Operations } from '../access.ts';
import type { CustomerAws, Invoked } from '../customer-aws.ts';
import type { Directories } from '../discovery/directories.ts';
import type { Outcome } from '../failure.ts';
import { nameIn } from '../place.ts';
import { resultIn } from '../results.ts';
import type { Tried } from '../tries.ts';
import type { CodeHashes } from './code-hashes.ts';
import { type EntranceDependencies, enter } from './entrance.ts';
import { failureOfFunction, functionErrorIn } from './function-errors.ts';
import { type FunctionAnswer, invokeFunction } from './invoke-function.ts';

/** What the way by the functions needs. */
export interface FunctionWay extends EntranceDependencies {
  directories: Directories;
  codeHashes: CodeHashes;
}

/** One operation in one account. */
export interface Asked<Name extends OperationName> {
  account: CustomerAccount;
  operation: Name;
  request: Operations[Name]['request'];
}

function readAnswer<Name extends OperationName>(
  operation: Name,
  functionArn: string,
  { functionError, payload, requestId }: Invoked,
): Outcome<Operations[Name]['result']> {
  if (!functionError) return resultIn(operation, payload);
  const error = functionErrorIn(functionError, payload);
  return { failure: failureOfFunction(`${nameIn(functionArn)}:prod`, error, requestId) };
}

/** What the function came to, and which code it was. */
async function tried<Name extends OperationName>(
  { codeHashes }: FunctionWay,
  { account, operation }: Asked<Name>,
  { functionArn, invoked }: FunctionAnswer,
  { aws, signal }: { aws: CustomerAws; signal: AbortSignal },
): Promise<Tried<Operations[Name]['result']>> {
  const { version, requestId } = invoked;
  const { registration } = account.spec;
  const answer = readAnswer(operation, functionArn, invoked);
  const codeSha256 = await codeHashes.of({ registration, operation, functionArn, version }, aws, signal);
  const about = { requestId, functionArn, ...(version && { version }), ...(codeSha256 && { codeSha256 }) };
  if ('failure' in answer) return { failure: { requestId, ...answer.failure }, about };
  const { rosa_version: release } = answer.value;
  return { result: answer.value, about: { ...about, ...(release && { release }) } };
}

/** Asks an account's function, once. @throws AwsCallError when AWS does not let the platform get as far as Lambda */
export async function byFunction<Name extends OperationName>(
  way: FunctionWay,
  asked: Asked<Name>,
  signal: AbortSignal,
): Promise<Tried<Operations[Name]['result']>> {
  const visit = { account: asked.account, clusterId: asked.request.cluster_id };
  const outcome = await enter(way, visit, signal, async (aws) => {
    const answered = await invokeFunction(way.directories, { aws, signal }, asked);
    if ('failure' in answered) return answered;
    return { value: await tried(way, asked, answered.value, { aws, signal }) };
  });
  return 'failure' in outcome ? { failure: outcome.failure, about: {} } : outcome.value;
}
