import { AwsCallError } from '../../../shared/aws/aws-call-error.ts';
import type { TemporaryCredentials } from '../../../shared/aws/clients.ts';
import { externalIdOf } from '../../accounts/customer-account.ts';
import type { AccessFailure } from '../access.ts';
import type { CustomerAwsSource, RoleRequest } from '../customer-aws.ts';
import { failed } from '../failure.ts';
import { Kept } from '../kept.ts';
import type { Place } from '../place.ts';

/** A session is not used in its last minutes: what begins with it must be able to end with it. */
const marginMs = 5 * 60_000;

/** Each session keeps connections of its own open for a while. */
const mostSessions = 200;

/** Credentials of customers' roles, each kept for as long as AWS takes it. */
export class RoleSessions {
  readonly #dependencies: Pick<CustomerAwsSource, 'assumeRole'> & { now(): number };
  readonly #sessions = new Kept<TemporaryCredentials>(mostSessions);

  constructor(dependencies: Pick<CustomerAwsSource, 'assumeRole'> & { now(): number }) {
    this.#dependencies = dependencies;
  }

  /**
   * Does something with a role's credentials, and once more with new ones when AWS no longer takes those that were
   * kept. @throws AwsCallError when the role cannot be assumed, and what the work throws
   */
  async use<Value>(
    request: RoleRequest,
    signal: AbortSignal,
    work: (credentials: TemporaryCredentials) => Promise<Value>,
  ): Promise<Value> {
    const kept = this.#kept(request);
    if (!kept) return work(await this.#open(request, signal));
    try {
      return await work(kept);
    } catch (error) {
      if (!(error instanceof AwsCallError && error.failure === 'unauthenticated')) throw error;
      return work(await this.#open(request, signal));
    }
  }

  #kept(request: RoleRequest): TemporaryCredentials | undefined {
    const kept = this.#sessions.get(keyOf(request));
    return kept && kept.expiration.getTime() - marginMs > this.#dependencies.now() ? kept : undefined;
  }

  async #open(request: RoleRequest, signal: AbortSignal): Promise<TemporaryCredentials> {
    const { by } = request;
    const credentials = by
      ? await this.use(by, signal, (of) => this.#dependencies.assumeRole(request, signal, of))
      : await this.#dependencies.assumeRole(request, signal);
    this.#sessions.put(keyOf(request), credentials);
    return credentials;
  }
}

const keyOf = ({ roleArn, externalId, sessionName }: RoleRequest): string =>
  [roleArn, externalId, sessionName].join(' ');

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const longestSessionName = 64;

/** How a role of an account is assumed on behalf of a cluster, if there is one. */
export const roleRequest = (place: Place, roleArn: string, clusterId = ''): RoleRequest => ({
  roleArn,
  externalId: externalIdOf(place.account),
  sessionName: ['rosa-clm', clusterId].filter(Boolean).join('-').slice(0, longestSessionName),
});

const ownRole = (roleArn: string, { partition, account }: Place): boolean =>
  roleArn.startsWith(`arn:${partition}:iam::${account}:role/`);

/** Why a role is not assumed, if it is not: the platform must not be led into somebody else's account. */
export function roleProblem(
  place: Place,
  field: string,
  roleArn: string | undefined,
): AccessFailure | undefined {
  if (!roleArn) {
    const message = `Account ${place.account} has no ${field} registered. Register it with \`rosactl setup-account\``;
    return failed('denied', message, { errorType: 'NoRole' });
  }
  if (ownRole(roleArn, place)) return undefined;
  const message = `${roleArn} is not assumed: it is not a role of account ${place.account} in the partition ${place.partition}. Register a ${field} of the account`;
  return failed('denied', message, { errorType: 'ForeignRole' });
}
