import { EC2Client } from '@aws-sdk/client-ec2';
import { IAMClient } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, type STSClient } from '@aws-sdk/client-sts';
import { AwsCallError, awsCall } from '../../shared/aws/aws-call-error.ts';
import { type ClientCredentials, clientPerRegion, type Instrument } from '../../shared/aws/clients.ts';
import { homeRegionOf } from '../../shared/aws/partition.ts';
import { told } from '../../shared/checks/listing.ts';
import {
  type AccountGuard,
  checkAccount,
  ForbiddenAccountError,
  type MemberAccountReference,
} from './account-guards.ts';
import { awsInstances } from './aws-instances.ts';
import { awsLeftovers } from './aws-leftovers.ts';
import { awsPolicies } from './aws-policies.ts';
import { enabledRegions } from './aws-regions.ts';
import { awsRoles } from './aws-roles.ts';
import { awsUsers } from './aws-users.ts';
import { credentialsFrom } from './credentials-from.ts';
import type { MemberAccount, MemberAccounts, WayIn } from './member-accounts.ts';
import type { SignIn } from './sign-in.ts';

/** What accounts are entered with. */
export interface MemberAccountsOptions {
  instrument: Instrument;
  /** A region of the partition. */
  region: string;
  partition: string;
  /** STS with the surroundings' credentials, or with others. */
  sts(credentials?: ClientCredentials): STSClient;
  signIn: Pick<SignIn, 'identity'>;
  guards: readonly AccountGuard[];
}

/** As long as a role may be assumed by another role: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining */
const sessionSeconds = 3_600;

/** What CloudTrail shows in the account; upstream's controllers have the same. */
const sessionName = 'awsAccountOperator';

interface Session {
  accountId: string;
  credentials: ClientCredentials;
  inside: Pick<MemberAccount, 'credentials' | 'roleId'>;
}

/** Assumes a role. @returns the account that the credentials lead into, as AWS tells it */
async function assume(sts: STSClient, RoleArn: string, ExternalId?: string): Promise<Session> {
  const action = 'sts:AssumeRole';
  const command = new AssumeRoleCommand({
    RoleArn,
    RoleSessionName: sessionName,
    DurationSeconds: sessionSeconds,
    ...(ExternalId && { ExternalId }),
  });
  const output = await awsCall(action, () => sts.send(command));
  const { Credentials, AssumedRoleUser } = told(action, output, 'AssumedRoleUser');
  const credentials = credentialsFrom(action, Credentials);
  const { Arn, AssumedRoleId } = told(action, AssumedRoleUser, 'Arn', 'AssumedRoleId');
  const [, , , , accountId = ''] = Arn.split(':');
  return { accountId, credentials, inside: { credentials, roleId: AssumedRoleId.split(':')[0] } };
}

async function sessionBy(options: MemberAccountsOptions, accountId: string, way: WayIn): Promise<Session> {
  const { partition, sts, signIn } = options;
  if (way.by === 'role') return assume(sts(), `arn:${partition}:iam::${accountId}:role/${way.roleName}`);
  if (way.by === 'role-chain') {
    const through = await assume(sts(), way.throughRoleArn);
    return assume(sts(through.credentials), way.roleArn, way.externalId);
  }
  const identity = await signIn.identity(way.key);
  const credentials = { accessKeyId: way.key.id, secretAccessKey: way.key.secret };
  return { accountId: identity.accountId, credentials, inside: {} };
}

/** What is done in the account of a session. */
function memberAccount({ instrument, region }: MemberAccountsOptions, session: Session): MemberAccount {
  const { credentials, accountId } = session;
  const home = homeRegionOf(region);
  const iam = clientPerRegion((config) => new IAMClient(config), instrument, credentials)(home);
  const once = (config: ConstructorParameters<typeof IAMClient>[0]) =>
    new IAMClient({ ...config, maxAttempts: 1 });
  const creating = clientPerRegion(once, instrument, credentials)(home);
  const ec2 = clientPerRegion((config) => new EC2Client(config), instrument, credentials);
  return {
    id: accountId,
    ...session.inside,
    users: awsUsers({ iam, creating }),
    roles: awsRoles(iam),
    policies: awsPolicies(iam),
    enabledRegions: () => enabledRegions(ec2(home)),
    instances: (name) => awsInstances(ec2(name)),
    leftovers: awsLeftovers(instrument, credentials, home),
  };
}

async function enter(options: MemberAccountsOptions, account: MemberAccountReference, way: WayIn) {
  await checkAccount(account, options.guards);
  const session = await sessionBy(options, account.spec.awsAccountID, way);
  if (session.accountId !== account.spec.awsAccountID) {
    throw new ForbiddenAccountError(account, `the credentials lead into ${session.accountId} instead`);
  }
  return { outcome: 'entered' as const, account: memberAccount(options, session) };
}

/** The only way to clients of other accounts: each entry passes the guards. */
export const awsMemberAccounts = (options: MemberAccountsOptions): MemberAccounts => ({
  enter: (account, way) =>
    enter(options, account, way).catch((error: unknown) => {
      const isRefused =
        error instanceof AwsCallError && ['denied', 'unauthenticated'].includes(error.failure);
      if (isRefused) return { outcome: 'refused' as const, error };
      throw error;
    }),
});
