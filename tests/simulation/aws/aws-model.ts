import {
  type AccountGuard,
  checkAccount,
  ForbiddenAccountError,
  notThePayer,
} from '../../../accounts/aws/account-guards.ts';
import type { AwsPorts } from '../../../accounts/aws/aws-ports.ts';
import type { Entry, MemberAccount, MemberAccounts, WayIn } from '../../../accounts/aws/member-accounts.ts';
import type { AccessKey, SignIn } from '../../../accounts/aws/sign-in.ts';
import type { TemporaryCredentials } from '../../../shared/aws/clients.ts';
import { awsError } from '../../support/fakes/aws-errors.ts';
import type { Call } from '../engine/attempt.ts';
import type { Random } from '../engine/random.ts';
import type { World } from '../engine/simulation.ts';
import { Ec2Model } from './ec2-model.ts';
import { IamModel } from './iam-model.ts';
import { LeftoversModel } from './leftovers-model.ts';
import { type ModelAccount, OrganizationModel } from './organization-model.ts';
import { SecretsModel } from './secrets-model.ts';
import { type AwsSettings, promptAws } from './settings.ts';
import { Spreading } from './spreading.ts';
import { SupportModel } from './support-model.ts';

/** An account, whether of the organization or not. */
type Inside = Pick<ModelAccount, 'id' | 'iam' | 'ec2' | 'leftovers'>;

/** AWS in memory, as far as the ports in accounts/aws reach: what it does takes time, and is not seen at once. */
export class AwsModel implements World {
  readonly #spreading: Spreading;
  readonly #settings: AwsSettings;
  readonly #outside: Inside[] = [];
  readonly organization: OrganizationModel;
  readonly support: SupportModel;
  readonly secrets: SecretsModel;
  /** IAM of the account that pays: policies are tried there, and nothing else is done. */
  readonly payerIam: IamModel;

  constructor({ now, random }: { now(): Date; random: Random }, settings: AwsSettings = promptAws) {
    this.#settings = settings;
    this.#spreading = new Spreading(now, random, settings.spreadSeconds);
    this.organization = new OrganizationModel(this.#spreading, settings);
    this.support = new SupportModel(this.#spreading, settings);
    this.secrets = new SecretsModel(this.#spreading, settings);
    this.payerIam = new IamModel(this.#spreading, settings.payerAccountId);
  }

  get changes(): number {
    this.organization.finish();
    return this.#spreading.changes;
  }

  get settlesAt(): Date {
    this.organization.finish();
    return this.#spreading.settlesAt;
  }

  /** Adds a customer's own account, which is not of the organization. */
  addCustomer(accountId: string): Inside {
    const customer = {
      id: accountId,
      iam: new IamModel(this.#spreading, accountId),
      ec2: new Ec2Model(this.#spreading, this.#settings),
      leftovers: new LeftoversModel(this.#spreading, this.#settings),
    };
    this.#outside.push(customer);
    return customer;
  }

  /** An account as it is in truth, whether of the organization or not. */
  account(accountId: string): Inside | undefined {
    return this.organization.account(accountId) ?? this.#outside.find(({ id }) => id === accountId);
  }

  /** Whether a key works in truth, or will when it is known everywhere. */
  hasKey(keyId: string): boolean {
    return this.everywhere.some(({ iam }) => iam.userList.some(({ keyIds }) => keyIds.includes(keyId)));
  }

  /** What an invocation works with. @param guards further ones than that of the payer's account */
  ports(call: Call, guards: readonly AccountGuard[] = []): AwsPorts {
    const organization = this.organization.port(call);
    const all = [notThePayer(organization.payerAccountId), ...guards];
    return {
      organization,
      members: this.#members(call, all),
      signIn: this.#signIn(call),
      cases: this.support.port(call),
      secrets: this.secrets.port(call),
      trials: this.payerIam.trials(call),
    };
  }

  /** In truth: the accounts of the organization, and those of customers. */
  get everywhere(): Inside[] {
    return [...this.organization.members, ...this.#outside];
  }

  #ownerOf(key: AccessKey) {
    for (const { id: accountId, iam } of this.everywhere) {
      const owner = iam.ownerOf(key);
      if (owner) return { accountId, ...owner };
    }
    return undefined;
  }

  #identify(action: string, key: AccessKey) {
    const owner = this.#ownerOf(key);
    if (!owner) throw awsError(action, 'InvalidClientTokenId');
    return owner;
  }

  #credentials(seconds: number): TemporaryCredentials {
    const { random, now } = this.#spreading;
    return {
      accessKeyId: `ASIA${random.text(16).toUpperCase()}`,
      secretAccessKey: random.text(40),
      sessionToken: random.text(64),
      expiration: new Date(now().getTime() + seconds * 1_000),
    };
  }

  #signIn(call: Call): SignIn {
    return {
      identity: (key) =>
        call('sts:GetCallerIdentity', () => {
          const { accountId, arn } = this.#identify('sts:GetCallerIdentity', key);
          return { accountId, arn };
        }),
      federate: (key, _, seconds) =>
        call('sts:GetFederationToken', () => {
          const { isAdministrator } = this.#identify('sts:GetFederationToken', key);
          if (!isAdministrator) throw awsError('sts:GetFederationToken', 'AccessDenied');
          return this.#credentials(seconds);
        }),
      consoleUrl: ({ accessKeyId }) =>
        call(
          'signin:getSigninToken',
          () => `https://signin.example.com/federation?SigninToken=${accessKeyId}`,
        ),
    };
  }

  #members(call: Call, guards: readonly AccountGuard[]): MemberAccounts {
    return {
      enter: async (account, way) => {
        await checkAccount(account, guards);
        const wanted = account.spec.awsAccountID;
        const entry = await call(`sts:AssumeRole ${wanted}`, () => this.#enter(wanted, way, call));
        if (entry.outcome === 'entered' && entry.account.id !== wanted) {
          throw new ForbiddenAccountError(account, `the credentials lead into ${entry.account.id} instead`);
        }
        return entry;
      },
    };
  }

  #enter(accountId: string, way: WayIn, call: Call): Entry {
    if (way.by === 'access-key') {
      const owner = this.#ownerOf(way.key);
      if (!owner)
        return { outcome: 'refused', error: awsError('sts:GetCallerIdentity', 'InvalidClientTokenId') };
      return { outcome: 'entered', account: this.#inside(owner.accountId, call) };
    }
    const arn = way.by === 'role' ? `arn:aws:iam::${accountId}:role/${way.roleName}` : way.roleArn;
    const [, , , , id = '', role = ''] = arn.split(':');
    const found = this.account(id)?.iam.seenRole(role.replace(/^role\//, ''));
    if (!found) return { outcome: 'refused', error: awsError('sts:AssumeRole', 'AccessDenied') };
    const session = { credentials: this.#credentials(3_600), roleId: found.id };
    return { outcome: 'entered', account: { ...this.#inside(id, call), ...session } };
  }

  #inside(accountId: string, call: Call): MemberAccount {
    const account = this.account(accountId);
    if (!account) throw new Error(`there is no account ${accountId}`);
    const { id, iam, ec2, leftovers } = account;
    return {
      id,
      users: iam.users(call),
      roles: iam.roles(call),
      policies: iam.policies(call),
      enabledRegions: () => ec2.enabledRegions(call),
      instances: (region) => ec2.instances(region, call),
      leftovers: (kind, region) => leftovers.port(kind, region, call),
    };
  }
}
