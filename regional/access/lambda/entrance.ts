import { AwsCallError } from '../../../shared/aws/aws-call-error.ts';
import type { CustomerAccount } from '../../accounts/customer-account.ts';
import { failureOfCall } from '../aws-failures.ts';
import type { CustomerAws, CustomerAwsSource } from '../customer-aws.ts';
import type { Outcome } from '../failure.ts';
import { placeOf } from '../place.ts';
import { type RoleSessions, roleProblem, roleRequest } from '../role/role-sessions.ts';

/** What letting the platform into an account takes. */
export interface EntranceDependencies extends Pick<CustomerAwsSource, 'aws'> {
  partition: string;
  sessions: RoleSessions;
}

/** Whose functions, on behalf of which cluster. */
export interface Visit {
  account: CustomerAccount;
  clusterId?: string;
}

/**
 * Does something with the functions of an account, with the platform's own credentials where the functions let it in,
 * or with those of the account's role. @throws AwsCallError when another call than that for the role is refused
 */
export async function enter<Value>(
  { partition, sessions, aws }: EntranceDependencies,
  { account, clusterId }: Visit,
  signal: AbortSignal,
  work: (aws: CustomerAws) => Promise<Outcome<Value>>,
): Promise<Outcome<Value>> {
  const { authentication, invocation_role_arn: roleArn = '', region } = account.spec.registration;
  if (authentication === 'resource-policy') return work(aws(region));
  const place = placeOf(account, partition);
  const failure = roleProblem(place, 'invocation_role_arn', roleArn);
  if (failure) return { failure };
  const role = roleRequest(place, roleArn, clusterId);
  try {
    return await sessions.use(role, signal, (credentials) => work(aws(region, credentials)));
  } catch (error) {
    if (!(error instanceof AwsCallError && error.action === 'sts:AssumeRole')) throw error;
    return { failure: failureOfCall(error, roleArn) };
  }
}
