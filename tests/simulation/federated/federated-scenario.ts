import { accountController } from '../../../accounts/account/account-controller.ts';
import { guardOfIds } from '../../../accounts/account/account-ids.ts';
import { type WorkSettings, workSettings } from '../../../accounts/account/account-settings.ts';
import { accountClaimController } from '../../../accounts/account-claim/account-claim-controller.ts';
import { claimSettings } from '../../../accounts/account-claim/claim-settings.ts';
import type { AwsPorts } from '../../../accounts/aws/aws-ports.ts';
import { federatedAccessController } from '../../../accounts/federated-access/federated-access-controller.ts';
import { wakeAccesses } from '../../../accounts/federated-access/wake-accesses.ts';
import { federatedRoleController } from '../../../accounts/federated-role/federated-role-controller.ts';
import { accountRules } from '../../../accounts/resources/account-rules.ts';
import { operatorNamespace } from '../../../accounts/resources/api.ts';
import { seedSettings } from '../../../accounts/settings.ts';
import { deleteDependents } from '../../../shared/reconcile/cascade.ts';
import type { Controller } from '../../../shared/reconcile/reconcile.ts';
import { keyOf, type NewResource, type Resource } from '../../../shared/resources/resource.ts';
import type { ResourceStore } from '../../../shared/resources/resource-store.ts';
import { AwsModel } from '../aws/aws-model.ts';
import { drawAws, promptAws } from '../aws/settings.ts';
import type { Plan, Simulated } from '../engine/simulation.ts';
import { federatedInvariants } from './federated-invariants.ts';
import { accountKeeper, claimKeeper } from './keepers.ts';
import {
  accountKey,
  accountNames,
  anAccess,
  aRole,
  claimIn,
  namedAccount,
  readyAccount,
  redescribe,
  roleSpecs,
} from './people.ts';

/** How a run is made wrong, to see that it is caught. */
export interface Faults {
  settings?: Partial<WorkSettings>;
  /** A store that does not do all that controllers ask it for, or shows them less. */
  spoil?(store: ResourceStore): ResourceStore;
  /** A controller that believes something else. */
  // biome-ignore lint/suspicious/noExplicitAny: controllers of any kind
  wrap?(controller: Controller<any, any>): Controller<any, any>;
  /** An AWS in which some calls do something else. */
  ports?(ports: AwsPorts): Partial<AwsPorts>;
}

const remove = (store: ResourceStore, resource: NewResource) => store.delete(keyOf(resource as Resource));

/** What comes, and may go again and come anew. */
function comesAndGoes(
  { random, at }: Plan<AwsModel>,
  resource: NewResource,
  { from, to, going }: { from: number; to: number; going: number },
): void {
  const name = `${resource.kind} ${resource.metadata.namespace}/${resource.metadata.name}`;
  at(random.between(from, to), `${name} is wanted`, ({ store }) => store.create(resource));
  if (!random.chance(going)) return;
  const gone = random.between(to, 2_500);
  at(gone, `${name} is deleted`, ({ store }) => remove(store, resource));
  if (random.chance(0.5)) {
    at(gone + random.between(1, 600), `${name} is wanted anew`, ({ store }) => store.create(resource));
  }
}

/** Roles, claims and accesses come, change and go; now and then an account does. */
function comeChangeAndGo(plan: Plan<AwsModel>, addAccount = readyAccount): void {
  const { random, at } = plan;
  for (const name of accountNames) {
    at(0, `${name} is there`, ({ store, world }) => addAccount(store, world, name));
    if (random.chance(0.1))
      at(random.between(100, 2_500), `${name} is deleted`, ({ store }) => store.delete(accountKey(name)));
  }
  for (const name of ['network', 'billing']) {
    comesAndGoes(plan, aRole(name, random.pick(roleSpecs)), { from: 0, to: 300, going: 0.3 });
    for (let times = random.integer(0, 3); times > 0; times -= 1) {
      at(random.between(10, 2_500), `${name} is described anew`, ({ store }) =>
        redescribe(store, name, random.pick(roleSpecs)),
      );
    }
  }
  for (const namespace of ['uhc-one', 'uhc-two']) {
    comesAndGoes(plan, claimIn(namespace), { from: 0, to: 300, going: 0.6 });
    const access = anAccess(namespace, 'access', random.pick(['network', 'billing']));
    comesAndGoes(plan, access, { from: 0, to: 600, going: 0.5 });
  }
  const own = anAccess(operatorNamespace, 'own', 'network', `${accountNames[0]}-secret`);
  comesAndGoes(plan, own, { from: 0, to: 600, going: 0.5 });
}

/** The controllers of federated roles and accesses, and all that may happen to them. */
export function federatedOf(
  seed: number,
  { settings = {}, spoil = (store) => store, wrap = (one) => one, ports }: Faults = {},
) {
  const simulated: Simulated<AwsModel> = {
    seed,
    rules: accountRules,
    world: (given) => new AwsModel(given, drawAws(given.random)),
    controllers: ({ store: stored, world, call, random }) => {
      const store = spoil(stored);
      const given = world.ports(call, [guardOfIds(stored)]);
      const aws = { ...given, ...ports?.(given) };
      const work = { ...workSettings(), ...settings };
      const suffix = () => random.text(6);
      return [
        wrap(federatedRoleController({ store, trials: aws.trials, settings: work })),
        wrap(federatedAccessController({ store, aws, settings: work, partition: 'aws', suffix })),
        claimKeeper(stored),
        accountKeeper(stored),
      ];
    },
    observers: ({ store, queue }) => [wakeAccesses({ store, queue }), deleteDependents(store)],
    scenario: (plan) => comeChangeAndGo(plan),
    invariants: federatedInvariants,
    // The longest wait of the controllers is of 120 seconds, and a sweep comes every 300.
    quietSeconds: 400,
    mostSteps: 60_000,
  };
  return simulated;
}

const beginning = Date.parse('2026-01-01T00:00:00Z');

/** The same with the controllers of claims and accounts in place of those that stand for them. */
export function federatedWithClaims(seed: number): Simulated<AwsModel> {
  const simulated = federatedOf(seed);
  const told = { emailDomain: 'example.com', coveredRegions: promptAws.regions.slice(0, 1) };
  return {
    ...simulated,
    controllers: (hands) => {
      const { store, world, call, now } = hands;
      const aws = world.ports(call, [guardOfIds(store)]);
      const settings = {
        ...claimSettings(workSettings({ ...seedSettings, ...told })),
        // Temporary credentials are left to end, so that all becomes quiet.
        get watchesCredentials() {
          return now().getTime() < beginning + 3_000_000;
        },
      };
      const mayCreate = async () => ({ allowed: true }) as const;
      const federated = simulated.controllers(hands).slice(0, 2);
      return [
        ...federated,
        accountClaimController({ store, aws, settings }),
        accountController({ store, aws, settings, mayCreate }),
      ];
    },
    scenario: (plan) => comeChangeAndGo(plan, namedAccount),
    // Temporary credentials are made anew every 10 minutes at the latest.
    quietSeconds: 1_300,
    mostSteps: 400_000,
  };
}

/** One role and one access to it, in an AWS without delays, until its claim is given back. */
export function oneGrant(): Simulated<AwsModel> {
  const [, both] = roleSpecs;
  const access = anAccess('uhc-one', 'access', 'network');
  return {
    ...federatedOf(1),
    quietSeconds: 200,
    world: (given) => new AwsModel(given, promptAws),
    scenario: ({ at }) => {
      at(0, 'an account is ready', ({ store, world }) => readyAccount(store, world, accountNames[0]));
      at(0, 'a role is wanted', ({ store }) => store.create(aRole('network', both)));
      at(0, 'a claim is wanted', ({ store }) => store.create(claimIn('uhc-one')));
      at(1, 'an access is wanted', ({ store }) => store.create(access));
      at(30, 'the claim is given back', ({ store }) => remove(store, claimIn('uhc-one')));
    },
  };
}
