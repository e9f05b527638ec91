import { randomUUID } from 'node:crypto';
import { AwsError } from '../aws-errors.ts';
import type { Moto } from '../moto.ts';
import { parseArn } from './function-address.ts';
import type { FunctionLogs } from './function-logs.ts';
import type { FunctionMetrics } from './function-metrics.ts';
import { type FunctionVersion, findFunction, functionNotFound } from './function-version.ts';
import { logLines } from './log-lines.ts';
import type { Outcome } from './outcome.ts';
import { policyAdmitsService, type ServicePrincipal } from './resource-policy.ts';
import type { Invocation, Sandbox } from './sandbox.ts';
import type { SandboxPool } from './sandbox-pool.ts';

/** What running a function needs of the rest of the laptop AWS. */
export type RunDependencies = {
  moto: Moto;
  pool: SandboxPool;
  logs: FunctionLogs;
  metrics: FunctionMetrics;
};

/** An invocation that ended, with its whole log. */
export type Ended = { outcome: Outcome; lines: string[] };

function refuseOtherRuntimes({ name, runtime }: FunctionVersion): void {
  if (runtime.startsWith('nodejs')) return;
  const message = `the laptop AWS runs Node.js functions only, and ${name} runs on ${runtime}`;
  throw new AwsError('NotImplemented', 501, message);
}

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html: "set the reserved concurrency to 0" */
function refuseSwitchedOff({ reservedConcurrency }: FunctionVersion): void {
  if (reservedConcurrency !== 0) return;
  throw new AwsError('TooManyRequestsException', 429, 'Rate Exceeded.', {
    Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
  });
}

/** Runs one invocation of a version; its log and its metrics can be read when this resolves. */
export async function runVersion(
  version: FunctionVersion,
  invocation: Invocation,
  { pool, logs, metrics }: Omit<RunDependencies, 'moto'>,
): Promise<Ended> {
  refuseOtherRuntimes(version);
  refuseSwitchedOff(version);
  return pool.run(version, invocation, async (outcome: Outcome, sandbox: Sandbox): Promise<Ended> => {
    const lines = logLines(outcome, version);
    const { logStream: stream, accessKeyId } = sandbox;
    const { invokedArn } = invocation;
    await Promise.all([
      logs.write({ region: version.region, group: version.logGroup, stream, accessKeyId }, lines),
      metrics.put({ version, invokedArn, outcome, lines, accessKeyId }),
    ]);
    return { outcome, lines };
  });
}

/**
 * Runs a function because of an event. A service that the function's own policy must let in is named as `service`;
 * without one Lambda itself brings the event, as it does those of event source mappings.
 * @param arn the function's, with the version or alias if one is meant
 * @throws AwsError when there is no such function, or the service is not let in
 */
export async function runFunction(
  arn: string,
  event: unknown,
  dependencies: RunDependencies,
  service?: ServicePrincipal,
): Promise<Outcome> {
  const address = parseArn(arn);
  const found = await findFunction(dependencies.moto, address);
  if (!found) throw functionNotFound(address);
  if (service && !policyAdmitsService(found.statements, service, arn)) {
    const message = `The policy of ${arn} does not let ${service.name} in for ${service.sourceArn}`;
    throw new AwsError('AccessDeniedException', 403, message);
  }
  const invocation = { requestId: randomUUID(), payload: JSON.stringify(event), invokedArn: arn };
  return (await runVersion(found.version, invocation, dependencies)).outcome;
}
