import { accountController } from '../../accounts/account/account-controller.ts';
import { guardOfIds } from '../../accounts/account/account-ids.ts';
import { type WorkSettings, workSettings } from '../../accounts/account/account-settings.ts';
import { accountPoolController } from '../../accounts/account-pool/account-pool-controller.ts';
import { wakePools } from '../../accounts/account-pool/wake-pools.ts';
import { countStandings } from '../../accounts/counts/count-standings.ts';
import { limitWatcher } from '../../accounts/organization-limit/limit-watcher.ts';
import { mayCreate } from '../../accounts/organization-limit/may-create.ts';
import { type Account, accountKind } from '../../accounts/resources/account.ts';
import { accountRules } from '../../accounts/resources/account-rules.ts';
import { seedSettings } from '../../accounts/settings.ts';
import { deleteDependents } from '../../shared/reconcile/cascade.ts';
import { AwsModel } from '../../tests/simulation/aws/aws-model.ts';
import { type AwsSettings, promptAws } from '../../tests/simulation/aws/settings.ts';
import { calm } from '../../tests/simulation/engine/climate.ts';
import { simulate } from '../../tests/simulation/engine/simulate.ts';
import type { Simulated } from '../../tests/simulation/engine/simulation.ts';
import { aPool } from '../../tests/support/fakes/account-resources.ts';

/** What an AWS takes for an account, always the same, so that it can be told beforehand. Seconds. */
export interface OwnTimes {
  creation: number;
  /** Accounts that it makes at the same time. */
  atOnce: number;
  /** Until an instance runs. */
  instance: number;
  /** Until a case is resolved. */
  supportCase: number;
  casesPerHour: number;
}

const hour = 3_600;

/**
 * Seconds that AWS needs for so many accounts when it never waits for anybody: accounts are made one after the other, so
 * many at once; each has its instances, all regions together; then its case, as soon as the hour has room for one more.
 */
export function ownSeconds(
  { creation, atOnce, instance, supportCase, casesPerHour }: OwnTimes,
  count: number,
) {
  const opened: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const initialized = creation * (Math.floor(index / atOnce) + 1) + instance;
    const roomAt = index < casesPerHour ? 0 : (opened[index - casesPerHour] ?? 0) + hour;
    opened.push(Math.max(initialized, roomAt));
  }
  return Math.max(...opened) + supportCase;
}

const span = (seconds: number): [number, number] => [seconds, seconds];

/** The model of such an AWS. What is new is seen by everybody within five seconds. */
const settingsOf = (times: OwnTimes): AwsSettings => ({
  ...promptAws,
  regions: seedSettings.coveredRegions,
  creationSeconds: span(times.creation),
  createdAtOnce: times.atOnce,
  instanceSeconds: span(times.instance),
  caseSeconds: span(times.supportCase),
  casesPerHour: times.casesPerHour,
  spreadSeconds: 5,
});

/** As many as the stack lets run at once by default; each of them stands for one resource, not for a batch of ten. */
const workers = 20;

/** How a pool has been filled. */
export interface Filling {
  aws: OwnTimes;
  accounts: number;
  ownSeconds: number;
  /** Until the last account was Ready, from the moment the pool was asked for. Virtual. */
  seconds: number;
  /** What the service has added, as a share of AWS's own time. */
  added: number;
}

const emailDomain = 'example.com';
const awsLimit = 10_000;

/** Until when the pool fills; undefined as long as it is not full. */
interface Progress {
  fullAt?: Date;
}

/**
 * The service with a pool of a size, in virtual time and without troubles. Here timers do not meet on a grid, as they do
 * in the driver's queue: resources are looked at more often than there, which only keeps the workers busier.
 */
function filling(times: OwnTimes, size: number, progress: Progress): Simulated<AwsModel> {
  // Temporary credentials are left to end: making them anew is no part of filling, and would never be over.
  const settings: WorkSettings = {
    ...workSettings({ ...seedSettings, awsLimit, emailDomain }),
    watchesCredentials: false,
  };
  return {
    seed: 1,
    rules: accountRules,
    climate: calm,
    workers,
    world: (given) => new AwsModel(given, settingsOf(times)),
    controllers: ({ store, world, call, random }) => {
      const aws = world.ports(call, [guardOfIds(store)]);
      return [
        accountPoolController({ store, settings, suffix: () => random.text(6) }),
        accountController({ store, aws, settings, mayCreate: mayCreate({ store, awsLimit }) }),
        limitWatcher({ store, organization: aws.organization }),
      ];
    },
    observers: ({ store, queue }) => [
      countStandings(store),
      wakePools({ store, queue }),
      deleteDependents(store),
    ],
    scenario: ({ at }) => at(0, `a pool of ${size}`, ({ store }) => store.create(aPool('p', size))),
    invariants: [
      {
        name: 'it is noted when the pool is full',
        holds: 'always',
        violation: ({ resources, now }) => {
          const states = resources<Account>(accountKind.kind).map(({ status }) => status?.state);
          if (states.filter((state) => state === 'Ready').length === size) progress.fullAt ??= now();
          return undefined;
        },
      },
    ],
    quietSeconds: 1_000,
    mostSteps: 50_000_000,
  };
}

const thousandths = (value: number): number => Math.round(value * 1_000) / 1_000;

/** Fills a pool, and holds the time against AWS's own. @throws SimulationFailure */
export async function fill(aws: OwnTimes, accounts: number): Promise<Filling> {
  const progress: Progress = {};
  const { now, seconds: end } = await simulate(filling(aws, accounts, progress));
  if (!progress.fullAt) throw new Error(`the pool of ${accounts} never was full`);
  const seconds = end - (Number(now()) - Number(progress.fullAt)) / 1_000;
  const own = ownSeconds(aws, accounts);
  return {
    aws,
    accounts,
    ownSeconds: own,
    seconds: Math.round(seconds),
    added: thousandths(seconds / own - 1),
  };
}
