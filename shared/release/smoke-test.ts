import { AwsCallError } from '../aws/aws-call-error.ts';
import { type RetryPolicy, retry } from '../retry.ts';
import type { InvocationOutcome, LambdaFunctions } from './lambda-functions.ts';
import type { ReleaseDependencies } from './release-dependencies.ts';
import type { SmokeRequest } from './smoke-request.ts';

/** A new version did not answer its dry run; no alias was moved to it. */
class SmokeTestFailure extends Error {
  override readonly name = 'SmokeTestFailure';
}

/**
 * Failures that pass by themselves on a fresh deploy: a role that was made seconds ago is not known everywhere
 * in IAM yet. https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency
 */
const passing = new Set(['AccessDeniedError', 'ThrottledError', 'DependencyError']);

class PassingFailure extends Error {
  readonly outcome: InvocationOutcome;
  constructor(outcome: InvocationOutcome) {
    super(outcome.errorType);
    this.outcome = outcome;
  }
}

/** Lambda itself refuses an invocation while role, key or network interfaces of a fresh version are not ready. */
const mayPass = (error: unknown): boolean =>
  error instanceof PassingFailure ||
  (error instanceof AwsCallError &&
    // A fresh role is not known to KMS yet, whose refusal Lambda passes on.
    (['throttled', 'unavailable'].includes(error.failure) || error.code === 'KMSAccessDeniedException'));

/**
 * Invokes one version, by its number, with a dry-run request, which leaves nothing behind.
 * @throws SmokeTestFailure when the answer is an error or not that of a dry run
 */
async function smokeTest(
  functions: LambdaFunctions,
  retryPolicy: RetryPolicy,
  { name, version, smokeRequest }: TriedVersion,
): Promise<InvocationOutcome> {
  const attempt = async () => {
    const outcome = await functions.invoke(name, version, smokeRequest);
    if (outcome.errorType && passing.has(outcome.errorType)) throw new PassingFailure(outcome);
    return outcome;
  };
  const outcome = await retry(retryPolicy, mayPass, attempt).catch((error) => {
    if (error instanceof PassingFailure) return error.outcome;
    throw error;
  });
  const answeredDryRun = (outcome.payload as { dry_run?: unknown } | null)?.dry_run === true;
  if (outcome.errorType || !answeredDryRun) {
    throw new SmokeTestFailure(
      `version ${version} of ${name} failed its smoke test and is not used: it answered ${JSON.stringify(outcome.payload).slice(0, 500)}. Its log group has the cause`,
    );
  }
  return outcome;
}

/** A version of a function, and the request it is tried with. */
interface TriedVersion {
  name: string;
  version: string;
  smokeRequest: SmokeRequest;
}

/**
 * Tries the versions of all functions at once, and tells of each that has passed.
 * @returns Lambda's ids of the invocations, in the order of the versions
 * @throws SmokeTestFailure of the first that fails
 */
export async function smokeTestAll(
  { functions, retryPolicy, tasks }: ReleaseDependencies,
  versions: TriedVersion[],
): Promise<(string | undefined)[]> {
  return tasks.run('Try each version with a dry run', (say) =>
    Promise.all(
      versions.map(async (tried) => {
        const { requestId } = await smokeTest(functions, retryPolicy, tried);
        say(`${tried.name}: version ${tried.version} passed its smoke test`);
        return requestId;
      }),
    ),
  );
}
