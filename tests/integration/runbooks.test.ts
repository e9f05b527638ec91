import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { prepareCustomerAccount } from '../../tools/journey/customer-account.ts';
import { addDist } from '../support/built-project.ts';
import { Laptop } from '../support/laptop.ts';
import { platformApiFor } from '../support/platform-api/for-laptop.ts';
import type { TestPlatformApi } from '../support/platform-api/test-platform-api.ts';
import { followRunbook, runIn } from '../support/runbooks/follow.ts';
import { commandsOf, readRunbook } from '../support/runbooks/read-runbook.ts';
import { Shell } from '../support/runbooks/shell.ts';
import { type Situation, situations } from '../support/runbooks/situations.ts';

/** Two deploys and a build are among the commands. */
const timeoutMs = 180_000;

let laptop: Laptop;
let api: TestPlatformApi;
let shell: Shell;

beforeAll(async () => {
  laptop = await Laptop.start();
  const { folder } = laptop.project;
  [api] = await Promise.all([
    platformApiFor(laptop.aws),
    addDist(folder),
    prepareCustomerAccount(laptop.aws),
  ]);
  shell = await Shell.open(folder, { ...laptop.aws.environment, ROSACTL_PLATFORM_API_URL: api.url });
}, timeoutMs);
afterAll(async () => {
  await Promise.all([laptop?.stop(), api?.close(), shell?.close()]);
});

const follow = ({ bring, meanwhile, ...situation }: Situation): Promise<void> =>
  followRunbook(shell, {
    ...situation,
    bring: async () => bring?.(laptop),
    meanwhile: async () => meanwhile?.(laptop),
  });

// One account goes through all of them; each leaves it as the next one needs it.
describe('the commands of the runbooks, word for word, in order', () => {
  it.each(situations.slice(0, -1))('$runbook: mend $matter, and tell that they did', follow, timeoutMs);

  it(
    'README: tell what ran, for which cluster, with which result',
    async () => {
      const page = await readRunbook('README');
      const { status, printed } = await runIn(
        shell,
        commandsOf(page, () => true),
      );
      expect(printed).toMatch(/rosa-oidc-provisioner .*cluster_id=2f3a1c7e .*status=updated/);
      expect(status).toBe(0);
    },
    timeoutMs,
  );

  it.each(situations.slice(-1))('$runbook: mend $matter, and tell that they did', follow, timeoutMs);
});
