import { IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { administrator } from '../../tools/journey/customer-account.ts';
import { InterruptedSetUp, type Moment, type Run, stepsOf } from './interrupted-set-up.ts';
import { customer } from './platform-api/for-laptop.ts';

/** Each works in a region of its own, which is an account of its own but for the names of roles. */
const regions = ['us-east-1', 'eu-west-1'];

const longestMs = 590_000;

/**
 * The test of the set-up: killed at each of the moments and run again, it leaves what an uninterrupted run leaves.
 * @param momentsOf chooses the moments from an uninterrupted run
 */
export function interruptionSuite(title: string, momentsOf: (reference: Run) => Moment[]): void {
  let setUp: InterruptedSetUp;
  beforeAll(async () => {
    setUp = await InterruptedSetUp.start();
  }, 120_000);
  afterAll(() => setUp?.stop());

  const rolesLeft = async (): Promise<string[]> => {
    const { Roles = [] } = await new IAMClient(administrator(setUp.aws)).send(new ListRolesCommand({}));
    return Roles.flatMap(({ RoleName = '' }) => (RoleName.startsWith('rosa-') ? [RoleName] : []));
  };

  describe(title, () => {
    it(
      'leaves what an uninterrupted run leaves',
      async () => {
        const reference = await setUp.killAndFinish('us-east-1', {});
        expect(reference.finished.status).toBe(0);
        const { changes } = reference.killed;
        // prod is pointed to nothing that was not tried.
        expect(changes.indexOf('lambda:CreateAlias')).toBeGreaterThan(changes.lastIndexOf('lambda:Invoke'));
        const moments = momentsOf(reference.killed);
        expect(moments.length).toBeGreaterThan(10);
        const work = async (region: string) => {
          for (let moment = moments.shift(); moment; moment = moments.shift()) {
            const { killed, finished, ...left } = await setUp.killAndFinish(region, moment);
            expect({ moment, status: killed.status }).toEqual({ moment, status: 'SIGKILL' });
            expect({ moment, ...finished }).toMatchObject({ moment, status: 0 });
            const wanted = { snapshot: reference.snapshot, registered: [customer] };
            expect({ moment, ...left }).toEqual({ moment, ...wanted });
          }
        };
        await Promise.all(regions.map(work));
        expect(await rolesLeft()).toEqual([]);
      },
      longestMs,
    );
  });
}

/**
 * The moments after the first of each row of equal changes. Of those that are made at once, it is the one that leaves
 * the others undone.
 */
export const momentsAfterFirsts = ({ changes }: Run): Moment[] =>
  changes.flatMap((change, index) => (change === changes[index - 1] ? [] : [{ changes: index + 1 }]));

/** Made for one function after the other; the others are made for all three at once. */
const oneByOne = 'lambda:CreateAlias';

/**
 * The moments after the changes from one place on, and up to another one. Of equal changes made at once the first
 * and the last are enough: which of them are done in between is for chance to decide anyway.
 */
export function momentsAfterChanges({ changes }: Run, first: number, next = changes.length): Moment[] {
  const isAmong = (index: number) =>
    changes[index] !== oneByOne &&
    changes[index - 1] === changes[index] &&
    changes[index + 1] === changes[index];
  return changes
    .map((_, index) => index)
    .filter((index) => index >= first && index < next && !isAmong(index))
    .map((index) => ({ changes: index + 1 }));
}

/** The beginnings of the steps from one on, and up to another one. */
export function momentsBetween(run: Run, first: string, next?: string): Moment[] {
  const steps = stepsOf(run);
  const index = (title: string) => steps.findIndex((step) => step.startsWith(title));
  return steps.slice(index(first), next ? index(next) : undefined).map((line) => ({ line }));
}
