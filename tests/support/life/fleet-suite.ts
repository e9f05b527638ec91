import { describe, expect, it } from '@jest/globals';
import { type AwsOfAccount, administrator } from '../../../tools/journey/customer-account.ts';
import { awsOfAccount } from '../../../tools/journey/regional-platform.ts';
import { signedFetch } from '../signed-fetch.ts';
import { brokenWays } from './broken-ways.ts';
import { customer, platform, type World } from './world.ts';

/** Who sees which accounts, and how far the migration is. */
export const fleetSuite = (world: World): void =>
  describe('the fleet', () => {
    const accountsSeenBy = async (aws: AwsOfAccount) => {
      const { credentials } = administrator(aws);
      const response = await signedFetch(`${world.sides.apiUrl}/api/v1/accounts`, { credentials });
      // biome-ignore lint/suspicious/noExplicitAny: the contract's own test judges the shape
      return (await response.json()) as any;
    };
    const counted = (items: { access_mode: string }[], mode: string) =>
      items.filter(({ access_mode }) => access_mode === mode).length;

    it('shows a customer its own account: mode, release, last answer, and how far it is', async () => {
      const { items, progress } = await accountsSeenBy(world.sides.laptop.aws);
      expect(items).toMatchObject([
        {
          account_id: customer,
          access_mode: 'lambda',
          release: expect.any(String),
          last_answer_at: expect.any(String),
        },
      ]);
      expect(progress.accounts).toMatchObject({
        total: 1,
        access_modes: [{ access_mode: 'lambda', share: 1 }, {}, {}],
      });
      const clusters = await world.sides.platformApi.listClusters();
      const count = (access_mode: string) =>
        clusters.filter(({ accessMode }) => accessMode === access_mode).length;
      expect(progress.clusters).toMatchObject({
        total: clusters.length,
        access_modes: ['lambda', 'dual', 'oidc-sts'].map((access_mode) => ({
          access_mode,
          count: count(access_mode),
        })),
      });
    });

    it('shows an operator every account', async () => {
      const { items, progress } = await accountsSeenBy(await awsOfAccount(world.sides.laptop.aws, platform));
      expect(items).toHaveLength(brokenWays.length + 1);
      expect(progress.accounts).toMatchObject({
        total: items.length,
        access_modes: [{ access_mode: 'lambda', count: counted(items, 'lambda') }, {}, {}],
      });
      expect(progress.clusters.total).toBe((await world.records.phases()).size);
    });
  });
