import { accountController } from '../../../accounts/account/account-controller.ts';
import { accountIdKind, guardOfIds } from '../../../accounts/account/account-ids.ts';
import { type WorkSettings, workSettings } from '../../../accounts/account/account-settings.ts';
import { secretName } from '../../../accounts/aws/secrets.ts';
import type { Permission } from '../../../accounts/organization-limit/may-create.ts';
import {
  type Account,
  type AccountSpec,
  type AccountStatus,
  accountKind,
} from '../../../accounts/resources/account.ts';
import { accountRules } from '../../../accounts/resources/account-rules.ts';
import { awsFinalizer, iamUserIdLabel, operatorNamespace } from '../../../accounts/resources/api.ts';
import { seedSettings } from '../../../accounts/settings.ts';
import { deleteDependents, deleteOrphans } from '../../../shared/reconcile/cascade.ts';
import type { ResourceStore } from '../../../shared/resources/resource-store.ts';
import { aClaim, anAccount } from '../../support/fakes/account-resources.ts';
import { AwsModel } from '../aws/aws-model.ts';
import { bringCustomer, customerId } from '../aws/bring-customer.ts';
import { byHand } from '../aws/by-hand.ts';
import { type AwsSettings, drawAws, promptAws } from '../aws/settings.ts';
import type { Plan, Simulated } from '../engine/simulation.ts';
import { accountInvariants } from './account-invariants.ts';
import { customersSuffix, invitedName } from './people.ts';

/** Seconds after which temporary credentials are left to end, so that all becomes quiet. */
const watchEnds = 3_000;

const customersName = `osd-creds-mgmt-${customersSuffix}`;

const beginning = Date.parse('2026-01-01T00:00:00Z');

/** What the controllers are set to. @param now of the run */
function settingsIn(now: () => Date, seedNumber: number): WorkSettings {
  const isPast = (seconds: number): boolean => now().getTime() >= beginning + seconds * 1_000;
  return {
    ...workSettings({
      ...seedSettings,
      emailDomain: 'example.com',
      coveredRegions: promptAws.regions.slice(0, 2),
      ccsAccessArn: 'arn:aws:iam::111111111111:role/operator',
      stsJumpRoleArn: `arn:aws:iam::${promptAws.payerAccountId}:role/jump`,
    }),
    // Now and then so short that it ends in the middle; not any more when people have reset what has failed.
    get regionInitSeconds() {
      return seedNumber % 4 === 0 && !isPast(2_400) ? 40 : seedSettings.regionInitSeconds;
    },
    get watchesCredentials() {
      return !isPast(watchEnds);
    },
  };
}

export const keyOf = (name: string) => ({ kind: accountKind.kind, namespace: operatorNamespace, name });

/** An account as its pool makes it. */
export const seed = (suffix: string, spec: object = {}, labels = { [iamUserIdLabel]: suffix }) =>
  anAccount({ name: `osd-creds-mgmt-${suffix}`, labels, finalizers: [awsFinalizer] }, spec);

type Accounts = ResourceStore;

async function change(
  store: Accounts,
  name: string,
  how: (account: Account) => Promise<unknown>,
): Promise<void> {
  const account = await store.get<AccountSpec, AccountStatus>(keyOf(name));
  if (account && !account.metadata.deletionTimestamp) await how(account);
}

/** It is deleted when somebody sees it in a state, in the middle of the work on it. */
const deleteIn = (store: Accounts, name: string, state: string) =>
  change(store, name, async (account) => {
    if (account.status?.state === state) await store.delete(keyOf(name));
  });

/** A person mends what was wrong, and has it tried again. */
const reset = (store: Accounts, name: string) =>
  change(store, name, async (account) => {
    if (account.status?.state !== 'Failed') return;
    await store.updateStatus({ ...account, status: { ...account.status, state: '' } });
  });

const claim = (store: Accounts, name: string) =>
  change(store, name, async (account) => {
    if (account.status?.state !== 'Ready' || account.spec.claimLink) return;
    await store.update({
      ...account,
      spec: { ...account.spec, claimLink: 'harbour', claimLinkNamespace: 'default' },
    });
  });

const rotate = (store: Accounts, name: string) =>
  change(store, name, async (account) => {
    if (account.status?.state !== 'Ready') return;
    const status = { ...account.status, rotateCredentials: true, rotateConsoleCredentials: true };
    await store.updateStatus({ ...account, status });
  });

/** A customer brings his own account. */
async function bringAccount(store: Accounts, world: AwsModel): Promise<void> {
  const brought = await bringCustomer(world);
  await store.create(aClaim({ name: 'brought' }, brought));
  await store.create(
    seed(customersSuffix, {
      byoc: true,
      awsAccountID: customerId,
      claimLink: 'brought',
      claimLinkNamespace: 'default',
    }),
  );
}

async function killKeys(world: AwsModel): Promise<void> {
  const users = world.account(customerId)?.iam.users(byHand);
  for (const { id } of (await users?.keys('root')) ?? []) await users?.deleteKey('root', id);
}

const dropSecret = (world: AwsModel) => world.secrets.port(byHand).delete(secretName('default', 'byoc'));

/** A customer wants his account back, and may not wait with his keys until we have left it. */
function takeBack({ random, at }: Plan<AwsModel>): void {
  const seconds = random.between(60, 5_000);
  if (random.chance(0.4)) at(seconds, 'the customer deletes his keys', ({ world }) => killKeys(world));
  if (random.chance(0.3)) at(seconds, 'the customer deletes his secret', ({ world }) => dropSecret(world));
  at(seconds + random.between(0, 300), `${customersName} is deleted`, ({ store }) =>
    store.delete(keyOf(customersName)),
  );
}

/** What each sweep of the service does besides. */
function sweepOrphans({ at }: Plan<AwsModel>): void {
  for (let seconds = 300; seconds <= 7_200; seconds += 300) {
    at(seconds, 'orphans are deleted', ({ store }) => deleteOrphans(store, [accountIdKind]));
  }
}

/** All that a run may have; the troubles are over when they are reset. */
const names = ['anna01', 'ben002', 'cleo03', customersSuffix, 'adopt1', 'adopt2'].map(
  (one) => `osd-creds-mgmt-${one}`,
);

function resetAll({ at }: Plan<AwsModel>): void {
  for (const seconds of [2_500, 4_000, 6_500]) {
    for (const name of names) at(seconds, `${name} is reset`, ({ store }) => reset(store, name));
  }
}

/** One account that is made, claimed, and now and then deleted. */
function comeAndGo({ random, at }: Plan<AwsModel>, suffix: string): void {
  const name = `osd-creds-mgmt-${suffix}`;
  at(random.between(0, 300), `${name} is wanted`, ({ store }) => store.create(seed(suffix)));
  if (random.chance(0.2)) {
    at(random.between(1, 2_500), `${name} is deleted`, ({ store }) => store.delete(keyOf(name)));
  } else if (random.chance(0.3)) {
    const state = random.pick(['Creating', 'InitializingRegions']);
    const looks = Array.from({ length: 150 }, (_, index) => 10 + index * random.between(5, 10));
    for (const seconds of looks) {
      at(seconds, `${name} is deleted when it is ${state}`, ({ store }) => deleteIn(store, name, state));
    }
  }
  at(random.between(600, 4_000), `${name} is claimed`, ({ store }) => claim(store, name));
  at(random.between(600, 4_000), `${name} gets new credentials`, ({ store }) => rotate(store, name));
}

/** Now and then accounts that are named are taken: one that is there, by two, and the one that pays. */
function takeNamed({ random, at }: Plan<AwsModel>): void {
  const mayBeDeleted = (suffix: string): void => {
    const name = `osd-creds-mgmt-${suffix}`;
    if (random.chance(0.5)) {
      at(random.between(21, 5_000), `${name} is deleted`, ({ store }) => store.delete(keyOf(name)));
    }
  };
  if (random.chance(0.15)) {
    at(10, 'an account is adopted', async ({ store, world }) => {
      const { id } = world.organization.invite({ name: invitedName, email: 'somebody@example.org' });
      for (const suffix of ['adopt1', 'adopt2']) await store.create(seed(suffix, { awsAccountID: id }));
    });
    for (const suffix of ['adopt1', 'adopt2']) mayBeDeleted(suffix);
  }
  if (random.chance(0.1)) {
    at(20, 'somebody wants the account that pays', ({ store }) =>
      store.create(seed('payer1', { awsAccountID: promptAws.payerAccountId })),
    );
    mayBeDeleted('payer1');
  }
}

/** Accounts are made, claimed, reset and deleted; now and then a customer brings his own, or one is adopted. */
function lives(plan: Plan<AwsModel>): void {
  const { random, at } = plan;
  resetAll(plan);
  sweepOrphans(plan);
  const suffixes = ['anna01', 'ben002', 'cleo03'].slice(0, random.integer(1, 3));
  for (const suffix of suffixes) comeAndGo(plan, suffix);
  takeNamed(plan);
  if (random.chance(0.2)) {
    at(50, 'a customer brings his account', ({ store, world }) => bringAccount(store, world));
    if (random.chance(0.6)) takeBack(plan);
  }
  if (random.chance(0.1)) {
    at(0, 'somebody has the address of anna', ({ world }) =>
      world.organization.takeEmail('osd-creds-mgmt+anna01@example.com'),
    );
  }
}

const permissionIn = ({ organization }: AwsModel, limit: number): Permission =>
  organization.members.length + 1 < limit
    ? { allowed: true }
    : { allowed: false, why: 'it is full', afterSeconds: 300 };

/** The controllers of accounts, and all that may happen to them. */
export function accountsOf(seedNumber: number, given: Partial<AwsSettings> = {}): Simulated<AwsModel> {
  // Now and then the organization is full.
  const accountLimit = seedNumber % 10 === 0 ? 2 : 1_000;
  return {
    seed: seedNumber,
    rules: accountRules,
    world: (surroundings) =>
      new AwsModel(
        surroundings,
        drawAws(surroundings.random, { accountLimit, caseSeconds: [1, 1_200], ...given }),
      ),
    controllers: ({ store, world, call, now }) => [
      accountController({
        store,
        aws: world.ports(call, [guardOfIds(store)]),
        settings: settingsIn(now, seedNumber),
        mayCreate: async () => permissionIn(world, accountLimit),
      }),
    ],
    observers: ({ store }) => [deleteDependents(store)],
    scenario: lives,
    invariants: accountInvariants,
    // The longest wait of the controllers is of 600 seconds.
    quietSeconds: 700,
    mostSteps: 60_000,
  };
}

/** An AWS without delays. */
const quick = { ...promptAws, casesPerHour: 10 };

/** A customer's account, which is deleted when his keys are dead: only the role is left to enter it by. */
export const customersLife = (seedNumber: number): Simulated<AwsModel> => ({
  ...accountsOf(seedNumber, quick),
  scenario: ({ at }) => {
    at(0, 'a customer brings his account', ({ store, world }) => bringAccount(store, world));
    at(900, 'the customer deletes his keys', ({ world }) => killKeys(world));
    at(900, `${customersName} is deleted`, ({ store }) => store.delete(keyOf(customersName)));
  },
});

/** One account, which is claimed, given back and deleted. */
export function oneLife(seedNumber: number, { isDeleted = true } = {}): Simulated<AwsModel> {
  const name = 'osd-creds-mgmt-anna01';
  return {
    ...accountsOf(seedNumber, quick),
    scenario: ({ at }) => {
      at(0, `${name} is wanted`, ({ store }) => store.create(seed('anna01')));
      at(700, `${name} is claimed`, ({ store }) => claim(store, name));
      if (isDeleted) at(1_500, `${name} is deleted`, ({ store }) => store.delete(keyOf(name)));
    },
  };
}
