import { isThrottlingError } from '@smithy/core/retry';
import { Undetermined } from '../checks/check.ts';
import { withoutSecrets } from './without-secrets.ts';

/** What a failed AWS call means to us, whatever the service called it. */
export type AwsFailure =
  | 'denied'
  | 'unauthenticated'
  | 'throttled'
  | 'not-found'
  | 'exists'
  | 'concurrent-change'
  | 'limit'
  | 'invalid'
  | 'unavailable';

/** An AWS call that failed: which IAM action it was, the service's own error code, and what it means. */
export class AwsCallError extends Error {
  override readonly name = 'AwsCallError';
  readonly action: string;
  readonly code: string;
  readonly failure: AwsFailure;
  /** The service's own sentence, without what is nobody else's business. */
  readonly said: string;

  constructor(action: string, error: Error) {
    const said = withoutSecrets(error.message);
    super(`${action}: ${said}`, { cause: error });
    this.action = action;
    this.said = said;
    // Network errors of Node are plain Errors that carry a code such as ECONNRESET.
    this.code =
      error.name === 'Error' ? String((error as NodeJS.ErrnoException).code ?? 'Error') : error.name;
    this.failure = failureOf(error);
  }
}

/**
 * Error codes by meaning. EC2 answers `UnauthorizedOperation` where others answer `AccessDenied`:
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html; IAM's are listed per action in
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html; what all services answer
 * about credentials in https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html, and S3 in its own words:
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
const failuresByCode: [RegExp, AwsFailure][] = [
  // Lambda names the service that refused it something: KMSAccessDeniedException, EC2AccessDeniedException. Support says
  // of an account whose plan has no API: https://docs.aws.amazon.com/awssupport/latest/APIReference/Welcome.html
  [/AccessDenied|^(UnauthorizedOperation|UnauthorizedException|SubscriptionRequiredException)$/, 'denied'],
  // Credentials that are not, or not here, accepted: another try with the same ones will not help.
  [
    /^(AuthFailure|ExpiredToken|InvalidClientTokenId|OptInRequired|SignatureDoesNotMatch|UnrecognizedClient)/,
    'unauthenticated',
  ],
  [/^(MissingAuthenticationToken|RequestExpired|Invalid(AccessKeyId|Signature|Token))/, 'unauthenticated'],
  [/NotFound(Exception)?$|^NoSuch(Entity|Resource)/, 'not-found'],
  // Secrets Manager says ResourceExistsException.
  [/AlreadyExists|^ResourceExists/, 'exists'],
  [/^ConcurrentModification/, 'concurrent-change'],
  // The SDK takes this one for a throttle; IAM means a quota by it.
  [/^LimitExceeded(Exception)?$/, 'limit'],
  [/^(Invalid|Validation|IllegalArgument|MalformedPolicy)/, 'invalid'],
];

/** What an error of the SDK means. */
export function failureOf(error: Error): AwsFailure {
  const known = failuresByCode.find(([code]) => code.test(error.name));
  if (known) return known[1];
  return isThrottlingError(error as Parameters<typeof isThrottlingError>[0]) ? 'throttled' : 'unavailable';
}

/**
 * Makes one AWS call and names its failure.
 * @param action the IAM action the call needs, such as `ec2:DescribeVpcs`
 * @throws AwsCallError for whatever the SDK threw, as `cause`
 * @throws Undetermined when the call finds fault with an answer that AWS did give
 */
export async function awsCall<Output>(action: string, call: () => Promise<Output>): Promise<Output> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof Undetermined) throw error;
    throw new AwsCallError(action, error as Error);
  }
}

/** The output of a call, or undefined when AWS says that the thing is not there. */
export async function unlessMissing<Output>(call: Promise<Output>): Promise<Output | undefined> {
  return call.catch((error: unknown) => {
    if (error instanceof AwsCallError && error.failure === 'not-found') return undefined;
    throw error;
  });
}
