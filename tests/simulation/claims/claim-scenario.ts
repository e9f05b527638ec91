import { accountController } from '../../../accounts/account/account-controller.ts';
import { guardOfIds } from '../../../accounts/account/account-ids.ts';
import { type WorkSettings, workSettings } from '../../../accounts/account/account-settings.ts';
import { accountClaimController } from '../../../accounts/account-claim/account-claim-controller.ts';
import { claimSettings } from '../../../accounts/account-claim/claim-settings.ts';
import type { ClaimDependencies } from '../../../accounts/account-claim/claim-turn.ts';
import { wakeClaims } from '../../../accounts/account-claim/wake-claims.ts';
import { accountKind } from '../../../accounts/resources/account.ts';
import { accountClaimKind } from '../../../accounts/resources/account-claim.ts';
import { accountRules } from '../../../accounts/resources/account-rules.ts';
import { awsFinalizer, iamUserIdLabel, operatorNamespace } from '../../../accounts/resources/api.ts';
import { seedSettings } from '../../../accounts/settings.ts';
import { deleteDependents } from '../../../shared/reconcile/cascade.ts';
import type { ResourceStore } from '../../../shared/resources/resource-store.ts';
import { aClaim, anAccount } from '../../support/fakes/account-resources.ts';
import { AwsModel } from '../aws/aws-model.ts';
import { bringCustomer } from '../aws/bring-customer.ts';
import { type AwsSettings, drawAws, promptAws } from '../aws/settings.ts';
import type { Plan, Simulated } from '../engine/simulation.ts';
import { claimInvariants } from './claim-invariants.ts';
import { Holders } from './holders.ts';

const settings: WorkSettings = {
  ...workSettings({
    ...seedSettings,
    emailDomain: 'example.com',
    coveredRegions: promptAws.regions.slice(0, 1),
    // Nothing fails for want of time: that is what the simulation of accounts is about.
    createPendSeconds: 100_000,
    regionInitSeconds: 100_000,
  }),
  watchesCredentials: false,
};

const customers = [
  { id: '1', name: 'one' },
  { id: '2', name: 'two' },
];

const accountOf = (suffix: string) =>
  anAccount(
    {
      name: `osd-creds-mgmt-${suffix}`,
      labels: { [iamUserIdLabel]: suffix },
      finalizers: [awsFinalizer],
    },
    { accountPool: seedSettings.defaultAccountPool },
  );

const claimOf = (name: string, customer: number, spec: object = {}) =>
  aClaim(
    { name },
    {
      legalEntity: customers[customer],
      awsCredentialSecret: { name: `aws-${name}`, namespace: 'default' },
      ...spec,
    },
  );

const keyOfClaim = (name: string) => ({ kind: accountClaimKind.kind, namespace: 'default', name });
const keyOfAccount = (suffix: string) => ({
  kind: accountKind.kind,
  namespace: operatorNamespace,
  name: `osd-creds-mgmt-${suffix}`,
});

const claim = (store: ResourceStore, name: string, customer: number) => store.create(claimOf(name, customer));

/** Seconds after which nobody does anything any more. */
const lastAct = 4_500;

function holdersAct({ at, random }: Plan<AwsModel>, holders: Holders): void {
  for (let seconds = 100; seconds < lastAct; seconds += random.between(20, 120)) {
    at(seconds, 'holders use what they have', async (hands) => {
      await holders.read(hands);
      await holders.use(hands.world, random);
    });
  }
}

/** Claims of two customers come and go, in the middle of whatever is done for them, and come again under their names. */
function claimsComeAndGo(plan: Plan<AwsModel>): void {
  const { at, random } = plan;
  const count = random.integer(2, 6);
  // Now and then all of them come at the same moment.
  const rush = random.chance(0.4) ? random.between(200, 1_200) : undefined;
  for (const name of ['ada', 'bea', 'cid', 'dov', 'eva', 'fay'].slice(0, count)) {
    const customer = random.integer(0, 1);
    let seconds = rush ?? random.between(0, 1_500);
    for (let times = random.integer(1, 3); times > 0; times -= 1) {
      at(seconds, `${name} is wanted`, ({ store }) => claim(store, name, customer));
      seconds += random.chance(0.3) ? random.between(0, 20) : random.between(20, 1_000);
      if (random.chance(0.75))
        at(seconds, `${name} is deleted`, ({ store }) => store.delete(keyOfClaim(name)));
      seconds += random.between(0, 900);
    }
  }
}

function comeAndGo(plan: Plan<AwsModel>, holders: Holders): void {
  holders.begin();
  const { at, random } = plan;
  const suffixes = ['acc001', 'acc002', 'acc003'].slice(0, random.integer(1, 3));
  for (const suffix of suffixes) {
    at(random.between(0, 600), `${suffix} is made`, ({ store }) => store.create(accountOf(suffix)));
    if (random.chance(0.1)) {
      at(random.between(500, 4_000), `${suffix} is deleted`, ({ store }) =>
        store.delete(keyOfAccount(suffix)),
      );
    }
  }
  claimsComeAndGo(plan);
  if (random.chance(0.25)) {
    at(20, 'a customer brings an account, for two claims', async ({ store, world }) => {
      const spec = await bringCustomer(world);
      await store.create(claimOf('own-one', 0, spec));
      await store.create(claimOf('own-two', 1, spec));
    });
    at(random.between(30, 3_000), 'one of them goes', ({ store }) => store.delete(keyOfClaim('own-one')));
  }
  holdersAct(plan, holders);
}

/** What a run has otherwise. */
export interface Differences {
  aws?: Partial<AwsSettings>;
  /** Makes of the right dependencies wrong ones. */
  wrong?(dependencies: ClaimDependencies): ClaimDependencies;
}

/** The controllers of accounts and claims, and all that may happen to them. */
export function claimsOf(
  seed: number,
  { aws = {}, wrong = (right) => right }: Differences = {},
): Simulated<AwsModel> {
  const holders = new Holders();
  return {
    seed,
    rules: accountRules,
    world: (surroundings) =>
      new AwsModel(
        surroundings,
        drawAws(surroundings.random, {
          accountLimit: 1_000,
          internalFailure: 0,
          caseSeconds: [1, 30],
          verificationSeconds: [0, 0],
          inUseSeconds: [0, surroundings.random.between(0, 300)],
          ...aws,
        }),
      ),
    controllers: ({ store, world, call }) => {
      const ports = world.ports(call, [guardOfIds(store)]);
      const mayCreate = async () => ({ allowed: true }) as const;
      return [
        accountController({ store, aws: ports, settings, mayCreate }),
        accountClaimController(wrong({ store, aws: ports, settings: claimSettings(settings) })),
      ];
    },
    observers: ({ store, queue }) => [
      wakeClaims({ store, queue, defaultAccountPool: seedSettings.defaultAccountPool }),
      deleteDependents(store),
    ],
    scenario: (plan) => comeAndGo(plan, holders),
    invariants: claimInvariants(holders),
    // As many as wait for the same account at a time.
    workers: 4,
    // The longest wait of the controllers is of 600 seconds.
    quietSeconds: 700,
    mostSteps: 60_000,
  };
}

/** One account and one claim after the other, in an AWS without delays or troubles. */
export function twoClaims(seed: number): Simulated<AwsModel> {
  const holders = new Holders();
  return {
    ...claimsOf(seed, { aws: { ...promptAws, regions: promptAws.regions.slice(0, 1) } }),
    scenario: (plan) => {
      const { at } = plan;
      holders.begin();
      at(0, 'an account is made', ({ store }) => store.create(accountOf('acc001')));
      at(300, 'ada is wanted', ({ store }) => claim(store, 'ada', 0));
      at(900, 'ada is deleted', ({ store }) => store.delete(keyOfClaim('ada')));
      at(950, 'bea is wanted', ({ store }) => claim(store, 'bea', 0));
      for (const seconds of [800, 905, 915]) {
        at(seconds, 'holders use what they have', async (hands) => {
          await holders.read(hands);
          await holders.use(hands.world, plan.random);
        });
      }
    },
    invariants: claimInvariants(holders),
  };
}
