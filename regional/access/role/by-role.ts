import { AwsCallError } from '../../../shared/aws/aws-call-error.ts';
import type { TemporaryCredentials } from '../../../shared/aws/clients.ts';
import { nameError } from '../../../shared/operation/name-errors.ts';
import { errorNames } from '../../../shared/operation-error.ts';
import type { AccessFailure, OperationName, Operations } from '../access.ts';
import { failureOfCall } from '../aws-failures.ts';
import type { RoleRequest } from '../customer-aws.ts';
import { failed, type Outcome } from '../failure.ts';
import type { Asked } from '../lambda/by-function.ts';
import { type Place, placeOf } from '../place.ts';
import { resultOf } from '../results.ts';
import type { Tried } from '../tries.ts';
import type { OperationsHere } from './operations-here.ts';
import { type RoleSessions, roleProblem, roleRequest } from './role-sessions.ts';
import { inWordsOfRole } from './words-of-role.ts';

/** What the way by the account's installer role needs. */
export interface RoleWay {
  partition: string;
  sessions: RoleSessions;
  /**
   * ARN of the role that installer roles let in, which the platform assumes first; absent: they let in the platform's
   * own.
   */
  installerCallerRoleArn?: string;
  /** Loaded only when an account is worked in this way: the functions' code would slow each cold start down. */
  operationsHere(): Promise<OperationsHere>;
  /** A new id for what runs here. */
  newId(): string;
}

/** How long an operation may take. */
interface Time {
  signal: AbortSignal;
  remainingMs(): number;
}

const failureHere = (error: unknown, roleArn: string): AccessFailure => {
  const { name, message } = nameError(error);
  const said =
    error instanceof AwsCallError && error.failure === 'denied'
      ? `the role ${roleArn} may not call ${error.action}. Allow it, and check that no service control policy or permissions boundary denies it. AWS said: ${error.said}`
      : message;
  return failed('function-failed', said, { errorType: name, mayPass: errorNames[name].retry });
};

/** @throws AwsCallError when AWS no longer takes the credentials */
async function runHere<Name extends OperationName>(
  { operationsHere }: RoleWay,
  { operation, request }: Asked<Name>,
  { place, roleArn, time }: { place: Place; roleArn: string; time: Time },
  credentials: TemporaryCredentials,
): Promise<Outcome<Operations[Name]['result']>> {
  const { run } = await operationsHere();
  const invocation = { ...place, remainingMs: time.remainingMs };
  try {
    const result = await run(operation, request, { credentials, invocation });
    return resultOf(operation, inWordsOfRole(result, roleArn));
  } catch (error) {
    if (error instanceof AwsCallError && error.failure === 'unauthenticated') throw error;
    return { failure: failureHere(error, roleArn) };
  }
}

/** The one whom the rosa command line lets into an account is one role of Red Hat's for all regions. */
const callerOf = ({ installerCallerRoleArn: roleArn }: RoleWay): Pick<RoleRequest, 'by'> =>
  roleArn ? { by: { roleArn, sessionName: 'rosa-clm' } } : {};

const notLetIn = ({ installerCallerRoleArn = "the platform's role" }: RoleWay): string =>
  `Have the trust policy of the role let in ${installerCallerRoleArn}; an external id that it asks for has to be the account's, which GET /api/v1/accounts/{account_id} tells`;

/** Does an operation here, once, with the credentials of the account's installer role. Never rejects for what AWS does. */
export async function byRole<Name extends OperationName>(
  way: RoleWay,
  asked: Asked<Name>,
  time: Time,
): Promise<Tried<Operations[Name]['result']>> {
  const { account, request } = asked;
  const place = placeOf(account, way.partition);
  const { oidc_sts_role_arn: roleArn = '' } = account.spec.registration;
  const failure = roleProblem(place, 'oidc_sts_role_arn', roleArn);
  if (failure) return { failure, about: {} };
  const about = { requestId: way.newId() };
  const role = { ...roleRequest(place, roleArn, request.cluster_id), ...callerOf(way) };
  try {
    const outcome = await way.sessions.use(role, time.signal, (credentials) =>
      runHere(way, asked, { place, roleArn, time }, credentials),
    );
    return 'failure' in outcome ? { failure: outcome.failure, about } : { result: outcome.value, about };
  } catch (error) {
    if (time.signal.aborted || !(error instanceof AwsCallError)) throw error;
    return { failure: failureOfCall(error, roleArn, notLetIn(way)), about };
  }
}
