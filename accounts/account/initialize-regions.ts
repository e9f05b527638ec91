import { isDeepStrictEqual } from 'node:util';
import { AwsCallError } from '../../shared/aws/aws-call-error.ts';
import { again, type Reconciled } from '../../shared/reconcile/reconcile.ts';
import type { MemberAccount } from '../aws/member-accounts.ts';
import { advanceRegion, type RegionState } from './advance-region.ts';
import { endInstances, regionsInUse } from './end-instances.ts';
import { becomeReady } from './serve-account.ts';
import { fail, hindered, moved, troubleOf } from './states.ts';
import { isPast, save, secondsSince, statusOf, type Turn, timeIn } from './turn.ts';
import { enterAccount, isRefusal, NoWayInError } from './way-in.ts';

/** InitializingRegions: has an instance started and ended in each region, all regions at a time. */
export async function initializeRegions(turn: Turn): Promise<Reconciled> {
  const { regions = [], deadline } = statusOf(turn);
  try {
    const member = await enterAccount(turn);
    return await (isPast(turn, deadline) ? giveUp(turn, member) : advance(turn, member, regions));
  } catch (error) {
    return obstructed(turn, error);
  }
}

/** Only an account that stays shut is given up with what may be in it: whatever else is in the way passes. */
function obstructed(turn: Turn, error: unknown): Promise<Reconciled> {
  const { deadline = '' } = statusOf(turn);
  const isShut = error instanceof NoWayInError || isRefusal(error);
  if (isShut && secondsSince(turn, deadline) > turn.settings.regionInitSeconds) return failUnseen(turn);
  if (error instanceof NoWayInError) return hindered(turn, error.finding);
  if (error instanceof AwsCallError) return hindered(turn, troubleOf(error));
  throw error;
}

async function advance(turn: Turn, member: MemberAccount, before: RegionState[]): Promise<Reconciled> {
  const steps = await Promise.all(before.map((region) => advanceRegion(turn, member, region)));
  const regions = steps.map(({ region }) => region);
  if (regions.every(({ state }) => state === 'Done')) return initialized(turn, member, regions);
  const isHopeless = steps.some((step) => step.isHopeless);
  const status = { ...statusOf(turn), regions, ...(isHopeless && { deadline: timeIn(turn, 0) }) };
  if (!isDeepStrictEqual(status, statusOf(turn))) await save(turn, status);
  const isQuick = isHopeless || steps.some((step) => step.isQuick);
  return again(isQuick ? 0 : turn.settings.regionPollSeconds);
}

/** Whether an earlier attempt, of which not all is known, has left an instance that is not ending yet. */
async function hasLeft(turn: Turn, member: MemberAccount, regions: RegionState[]): Promise<boolean> {
  const tried = regions.filter(({ attempt }) => attempt > 1).map(({ name }) => name);
  return (await endInstances(turn, member, tried)) > 0;
}

/** An account of a customer, and one that was Ready before, needs no support case. */
async function initialized(turn: Turn, member: MemberAccount, regions: RegionState[]): Promise<Reconciled> {
  if (await hasLeft(turn, member, regions)) {
    await save(turn, { ...statusOf(turn), regions });
    return again(turn.settings.regionPollSeconds);
  }
  const { byoc, manualSTSMode } = turn.account.spec;
  const { conditions = [] } = statusOf(turn);
  const wasReady = conditions.some(({ type }) => type === 'Ready');
  if (byoc || manualSTSMode || wasReady) {
    return becomeReady(turn, moved(turn, 'Ready', 'The account is ready', { regions }));
  }
  await save(turn, moved(turn, 'PendingVerification', 'Waits for AWS Support', { regions }));
  return again(0);
}

/** Says what is in the way, region by region. */
const obstacles = (regions: readonly RegionState[]): string =>
  regions
    .filter(({ state }) => state !== 'Done')
    .map(({ name, message }) => `${name}: ${message ?? 'its instance is not there yet'}`)
    .join('; ');

/** Ends every instance before the account fails. One that was started at the last moment is seen a while later. */
async function giveUp(turn: Turn, member: MemberAccount): Promise<Reconciled> {
  const { regions = [], deadline = '' } = statusOf(turn);
  const left = await endInstances(turn, member, regionsInUse(regions));
  const { settleSeconds, regionPollSeconds } = turn.settings;
  if (left > 0 || secondsSince(turn, deadline) < settleSeconds) return again(regionPollSeconds);
  const minutes = Math.round(turn.settings.regionInitSeconds / 60);
  return fail(turn, {
    type: 'AccountCreationFailed',
    reason: 'RegionInitializationTimeout',
    message: `not every region had its instance within ${minutes} minutes: ${obstacles(regions)}`,
  });
}

const failUnseen = (turn: Turn): Promise<Reconciled> =>
  fail(turn, {
    type: 'AccountCreationFailed',
    reason: 'RegionInitializationTimeout',
    message: `the account cannot be entered any more, and instances may be left in it: ${obstacles(statusOf(turn).regions ?? [])}`,
  });
