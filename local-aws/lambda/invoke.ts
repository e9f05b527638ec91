import { randomUUID } from 'node:crypto';
import { AwsError, type AwsResponse } from '../aws-errors.ts';
import type { AwsRequest } from '../aws-request.ts';
import type { Caller } from '../callers.ts';
import { deniedError, type Enforcer } from '../iam/enforce.ts';
import { type Lookups, permissionsFor } from '../iam/permissions.ts';
import { functionArn, requestAddress } from './function-address.ts';
import { type FunctionVersion, findFunction, functionNotFound } from './function-version.ts';
import { logTail } from './log-lines.ts';
import { policyAdmits } from './resource-policy.ts';
import { type Ended, type RunDependencies, runVersion } from './run-function.ts';

// https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
const MAX_REQUEST_BYTES = 6_291_456;

/** What an invocation needs of the rest of the laptop AWS. */
export type InvokeDependencies = RunDependencies & { enforcer: Enforcer };

/** An invocation is judged by what it says itself. */
const NOTHING_TO_LOOK_UP: Lookups = {
  findRoleArn: async (_, name) => name,
  findPartitionKey: async () => undefined,
};

function readPayload(body: Buffer): string {
  if (body.length > MAX_REQUEST_BYTES) {
    const message = `Request must be smaller than ${MAX_REQUEST_BYTES} bytes for the InvokeFunction operation`;
    throw new AwsError('RequestTooLargeException', 413, message);
  }
  const payload = body.length > 0 ? body.toString('utf8') : '{}';
  try {
    JSON.parse(payload);
  } catch (error) {
    const message = `Could not parse request body into json: ${(error as Error).message}`;
    throw new AwsError('InvalidRequestContentException', 400, message);
  }
  return payload;
}

/** Finds the version to run, once it is sure that the caller may know of it. */
async function admit(request: AwsRequest, caller: Caller, { moto, enforcer }: InvokeDependencies) {
  const address = requestAddress(request, caller);
  if (!address)
    throw new AwsError('ResourceNotFoundException', 404, `No function is named in ${request.path}`);
  const found = await findFunction(moto, address);
  const [permission] = await permissionsFor(request, caller, NOTHING_TO_LOOK_UP);
  if (!permission) throw new Error('an invocation needs a permission');
  const admitted = found !== undefined && policyAdmits(found.statements, caller, permission);
  if (address.accountId !== caller.accountId && !admitted) {
    const reason = 'because no resource-based policy allows the lambda:InvokeFunction action';
    throw deniedError(request, caller, permission, reason);
  }
  // Within one account either policy is enough; from another both must allow it.
  await enforcer.authorize(request, caller, admitted && address.accountId === caller.accountId);
  if (!found) throw functionNotFound(address);
  return { version: found.version, arn: functionArn(address) };
}

function answer(request: AwsRequest, version: FunctionVersion, { outcome, lines }: Ended): AwsResponse {
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    'x-amzn-requestid': outcome.requestId,
    'x-amz-executed-version': version.version,
  };
  if (outcome.failed) headers['x-amz-function-error'] = 'Unhandled';
  if (request.headers['x-amz-log-type'] === 'Tail') headers['x-amz-log-result'] = logTail(lines);
  return { status: 200, headers, body: outcome.payload };
}

/**
 * Answers Lambda's Invoke with the code of the version that was addressed.
 * https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 * @throws AwsError when the invocation cannot be started; what the function itself does wrong is an answer.
 */
export async function invoke(
  request: AwsRequest,
  caller: Caller,
  dependencies: InvokeDependencies,
): Promise<AwsResponse> {
  const { version, arn } = await admit(request, caller, dependencies);
  const payload = readPayload(request.body);
  const requestId = randomUUID();
  const type = request.headers['x-amz-invocation-type'] ?? 'RequestResponse';
  const brief = { headers: { 'x-amzn-requestid': requestId }, body: '' };
  if (type === 'DryRun') return { status: 204, ...brief };
  const ended = runVersion(version, { requestId, payload, invokedArn: arn }, dependencies);
  if (type === 'Event') {
    ended.catch((error) => console.error(`An event for ${arn} was lost: ${(error as Error).message}`));
    return { status: 202, ...brief };
  }
  return answer(request, version, await ended);
}
