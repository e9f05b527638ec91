import { IAMClient } from '@aws-sdk/client-iam';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { STSClient } from '@aws-sdk/client-sts';
import { SupportClient } from '@aws-sdk/client-support';
import { type ClientConfig, clientPerRegion, type Instrument } from '../../shared/aws/clients.ts';
import { homeRegionOf } from '../../shared/aws/partition.ts';
import { type AccountGuard, notBlocked, notThePayer } from './account-guards.ts';
import { awsMemberAccounts } from './aws-member-accounts.ts';
import { awsOrganization } from './aws-organization.ts';
import { awsPolicyTrials } from './aws-policy-trials.ts';
import { awsSecrets } from './aws-secrets.ts';
import { awsSignIn, type SignInOptions } from './aws-sign-in.ts';
import { awsSupportCases } from './aws-support-cases.ts';
import type { MemberAccounts } from './member-accounts.ts';
import type { Organization } from './organization.ts';
import type { PolicyTrials } from './policy-trials.ts';
import type { Secrets } from './secrets.ts';
import type { SignIn } from './sign-in.ts';
import type { SupportCases } from './support-cases.ts';

/** AWS, as far as the minting of accounts has to do with it. */
export interface AwsPorts {
  organization: Organization;
  members: MemberAccounts;
  signIn: SignIn;
  cases: SupportCases;
  secrets: Secrets;
  trials: PolicyTrials;
}

/** What they are made with. */
export interface AwsPortsOptions extends Omit<SignInOptions, 'stsWith'> {
  instrument: Instrument;
  /** Where the service runs, and its secrets are. */
  region: string;
  partition: string;
  /** Accounts that are never entered, besides the payer's. */
  blockedAccountIds: readonly string[];
  /** Further guards, such as `ofItsOwn`. */
  guards: readonly AccountGuard[];
}

/** AWS itself, with the credentials of the surroundings. */
export function awsPorts(options: AwsPortsOptions): AwsPorts {
  const { instrument, region, partition, blockedAccountIds } = options;
  const home = homeRegionOf(region);
  const trying = (config: ClientConfig) => ({ ...config, maxAttempts: 1 });
  const organizations = clientPerRegion((config) => new OrganizationsClient(config), instrument)(home);
  const creatingAccounts = clientPerRegion(
    (config) => new OrganizationsClient(trying(config)),
    instrument,
  )(home);
  const support = clientPerRegion((config) => new SupportClient(config), instrument)(home);
  const openingCases = clientPerRegion((config) => new SupportClient(trying(config)), instrument)(home);
  const secrets = clientPerRegion((config) => new SecretsManagerClient(config), instrument)(region);
  const iam = clientPerRegion((config) => new IAMClient(config), instrument)(home);
  const sts: Parameters<typeof awsMemberAccounts>[0]['sts'] = (credentials) =>
    clientPerRegion((config) => new STSClient(config), instrument, credentials)(region);

  const organization = awsOrganization({ organizations, creating: creatingAccounts });
  const signIn = awsSignIn({
    ...options,
    stsWith: ({ id, secret }) => sts({ accessKeyId: id, secretAccessKey: secret }),
  });
  const guards = [notThePayer(organization.payerAccountId), notBlocked(blockedAccountIds), ...options.guards];
  return {
    organization,
    members: awsMemberAccounts({ instrument, region, partition, sts, signIn, guards }),
    signIn,
    cases: awsSupportCases({ support, creating: openingCases }),
    secrets: awsSecrets(secrets),
    trials: awsPolicyTrials({ iam, partition, payerAccountId: organization.payerAccountId }),
  };
}
