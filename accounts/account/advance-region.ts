import { createHash } from 'node:crypto';
import { AwsCallError } from '../../shared/aws/aws-call-error.ts';
import type { Instances } from '../aws/instances.ts';
import { mayPass } from '../aws/may-pass.ts';
import type { MemberAccount } from '../aws/member-accounts.ts';
import type { AccountStatus } from '../resources/account.ts';
import { tagsOf } from './names.ts';
import { isPast, secondsSince, statusOf, type Turn } from './turn.ts';

export type RegionState = NonNullable<AccountStatus['regions']>[number];

/** What a look at a region has come to. */
export interface RegionStep {
  region: RegionState;
  /** It can go on at once. */
  isQuick?: boolean;
  /** It will never be as it should. */
  isHopeless?: boolean;
}

/** The same for the same instance, however often it is started: 64 characters, the most that EC2 takes. */
const tokenOf = ({ account }: Turn, { name, attempt }: RegionState): string =>
  createHash('sha256')
    .update(JSON.stringify([account.metadata.uid, name, attempt]))
    .digest('hex');

const waiting = (region: RegionState, message: string): RegionStep => ({ region: { ...region, message } });

/** The instance has gone by itself, or nobody knows it any more: another one is tried, and it is looked for at the end. */
const anotherOne = ({ name, attempt }: RegionState, message: string): RegionStep => ({
  region: { name, state: 'Starting', attempt: attempt + 1, message },
});

const without = ({ message: _, ...region }: RegionState): RegionState => region;

/** Brings a region one step further. What AWS refuses is noted in the region, and never lost. */
export async function advanceRegion(
  turn: Turn,
  member: MemberAccount,
  region: RegionState,
): Promise<RegionStep> {
  if (region.state === 'Done') return { region };
  const instances = member.instances(region.name);
  try {
    if (region.state === 'Ending') return await end(turn, instances, region);
    return await (region.instanceID
      ? untilItRuns(instances, region, region.instanceID)
      : start(turn, instances, region));
  } catch (error) {
    if (!(error instanceof AwsCallError)) throw error;
    return { ...waiting(region, error.message), isHopeless: !mayPass(error) };
  }
}

async function start(turn: Turn, instances: Instances, region: RegionState): Promise<RegionStep> {
  const { settings, account } = turn;
  const { owner, names } = settings.image;
  const image = await instances.newestImage(owner, names);
  if (!image) return waiting(region, `${owner} offers no image named ${names}`);
  // From then on nothing is started, so that what was started is seen a while later.
  if (isPast(turn, statusOf(turn).deadline)) return waiting(region, 'there was no time left to start it');
  const started = await instances.start({
    image,
    type: settings.awsInstanceType,
    tags: tagsOf(account),
    token: tokenOf(turn, region),
  });
  if (started.outcome === 'spent') return anotherOne(region, 'the instance before has ended too early');
  if (started.outcome !== 'started') return waiting(region, `${started.code}: ${started.said}`);
  return { region: { ...without(region), instanceID: started.instanceId } };
}

async function untilItRuns(instances: Instances, region: RegionState, id: string): Promise<RegionStep> {
  const state = await instances.state(id);
  if (state === 'running') return { region: { ...without(region), state: 'Ending' }, isQuick: true };
  const isGone = state === 'terminated' || state === 'shutting-down';
  return isGone ? anotherOne(region, `${id} has ended by itself`) : { region };
}

/** Instances that have ended are shown for an hour at most. */
async function end(turn: Turn, instances: Instances, region: RegionState): Promise<RegionStep> {
  const { instanceID = '', endedAt = turn.now().toISOString() } = region;
  const outcome = await instances.terminate(instanceID);
  const isGone = secondsSince(turn, endedAt) >= turn.settings.settleSeconds;
  if (outcome === 'terminating' || isGone) return { region: { ...without(region), state: 'Done' } };
  return { region: { ...region, endedAt } };
}
