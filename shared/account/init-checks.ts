import { isEnabled } from '../aws/opt-in-status.ts';
import type { AccountRegion } from '../aws/regions.ts';
import type { PlatformApi } from '../platform-api/platform-api.ts';
import { Refused } from '../release/refused.ts';
import type { Caller } from './caller.ts';

/** What has to be right before anything else can be. */
export interface InitDependencies {
  region: string;
  caller(): Promise<Caller>;
  /** The region as the account has it. @param partition the account's */
  accountRegion(name: string, partition: string): Promise<AccountRegion | undefined>;
  /** Absent when no address of it is known. */
  platformApi?: PlatformApi;
}

/** One of the checks: gives what was found in a few words, and rejects with why not. */
export interface InitCheck {
  name: 'credentials' | 'region' | 'platform-api';
  title: string;
  /** Says why it is not made; undefined when it is. */
  skipped?(dependencies: InitDependencies): string | undefined;
  run(dependencies: InitDependencies): Promise<string>;
}

async function checkRegion({ region, caller, accountRegion }: InitDependencies): Promise<string> {
  const found = await accountRegion(region, (await caller()).partition);
  if (!found) throw new Refused(`AWS knows no region ${region}: check --region`);
  const { optInStatus } = found;
  if (optInStatus && !isEnabled(optInStatus)) {
    throw new Refused(
      `the region ${region} is not enabled for this account (${optInStatus}): aws account enable-region --region-name ${region}`,
    );
  }
  return `${region} (${optInStatus ?? 'AWS does not tell whether it is enabled'})`;
}

export const initChecks: readonly InitCheck[] = [
  {
    name: 'credentials',
    title: 'AWS takes the credentials',
    run: async ({ caller }) => {
      const { account, arn, partition } = await caller();
      return `${arn} in account ${account}, partition ${partition}`;
    },
  },
  { name: 'region', title: 'The region is there and enabled', run: checkRegion },
  {
    name: 'platform-api',
    title: 'The Platform API answers a signed request',
    skipped: ({ platformApi }) =>
      platformApi ? undefined : 'not checked: give its address with --platform-api-url',
    run: async ({ platformApi }) => {
      await platformApi?.live();
      return 'it answers';
    },
  },
];
