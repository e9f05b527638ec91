import { setTimeout } from 'node:timers/promises';
import { CreateOrganizationCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accountController } from '../../../accounts/account/account-controller.ts';
import { guardOfIds } from '../../../accounts/account/account-ids.ts';
import { workSettings } from '../../../accounts/account/account-settings.ts';
import type { AwsPorts } from '../../../accounts/aws/aws-ports.ts';
import { type AccountSecret, accountSecretName } from '../../../accounts/aws/secrets.ts';
import type { Account, AccountSpec, AccountStatus } from '../../../accounts/resources/account.ts';
import { accountRules } from '../../../accounts/resources/account-rules.ts';
import { seedSettings } from '../../../accounts/settings.ts';
import { type LocalAws, startLocalAws } from '../../../local-aws/local-aws.ts';
import { keyOf } from '../../../shared/resources/resource.ts';
import { aSeed } from '../../support/fakes/account-life.ts';
import { MemoryStore } from '../../support/fakes/memory-store.ts';
import { laptopAccountPorts } from '../../support/laptop-account-ports.ts';

const key = keyOf(aSeed());

/** Between two looks for which the account waits. */
const pauseMs = 50;

describe('an account on the laptop AWS', () => {
  let aws: LocalAws;
  let ports: AwsPorts;
  /** Milliseconds by which the clock of the controller is ahead: what it waits for is there at once. */
  let ahead = 0;
  const now = () => new Date(Date.now() + ahead);
  const store = new MemoryStore({ now }, accountRules);

  beforeAll(async () => {
    aws = await startLocalAws({ enforceIam: true });
    // The adapters find AWS as they do in a function: by the environment.
    Object.assign(process.env, aws.environment);
    await new OrganizationsClient({ region: 'us-east-1' }).send(new CreateOrganizationCommand({}));
    ports = laptopAccountPorts(aws, [guardOfIds(store)]);
  });
  afterAll(() => aws?.close());

  const found = () => store.get<AccountSpec, AccountStatus>(key);

  /** Looks again and again until the account is as it should be. */
  async function until(isSo: (account: Account | undefined) => boolean): Promise<void> {
    const settings = workSettings({ ...seedSettings, emailDomain: 'example.com' });
    const mayCreate = async () => ({ allowed: true }) as const;
    const controller = accountController({ store, aws: ports, settings, mayCreate });
    for (let looks = 0; looks < 200; looks += 1) {
      const account = await found();
      if (isSo(account)) return;
      if (!account) throw new Error('the account is gone');
      const reconciled = await controller.reconcile(account, { now, remainingMs: () => 300_000 });
      if (reconciled.outcome !== 'again' || reconciled.afterSeconds === 0) continue;
      ahead += reconciled.afterSeconds * 1_000;
      // The laptop AWS has a clock of its own: a case is resolved two seconds after it was opened.
      await setTimeout(pauseMs);
    }
    throw new Error(`it never came to an end: ${JSON.stringify((await found())?.status)}`);
  }

  const valuesOf = async (secret: AccountSecret) =>
    (await ports.secrets.get(accountSecretName(key, secret))) ?? {};

  it('becomes ready in all 15 regions, and the keys in its secrets work', async () => {
    await store.create(aSeed());
    await until((account) => account?.status?.state === 'Ready');
    const { spec, status } = (await found()) as Account;
    expect(status?.regions?.map(({ state }) => state)).toEqual(Array(15).fill('Done'));
    for (const secret of ['admin', 'sre'] as const) {
      const { aws_access_key_id: id = '', aws_secret_access_key = '' } = await valuesOf(secret);
      const { accountId } = await ports.signIn.identity({ id, secret: aws_secret_access_key });
      expect(accountId).toBe(spec.awsAccountID);
    }
    expect(await (await fetch((await valuesOf('console')).aws_console_login_url ?? '')).text()).toContain(
      'would now see',
    );
  });

  it('leaves no instance running', async () => {
    const { metadata, spec } = (await found()) as Account;
    const way = { by: 'role', roleName: 'OrganizationAccountAccessRole' } as const;
    const entry = await ports.members.enter({ metadata, spec }, way);
    if (entry.outcome === 'refused') throw entry.error;
    const tags = { clusterAccountName: metadata.name };
    const left = await Promise.all(
      seedSettings.coveredRegions.map((region) => entry.account.instances(region).withTags(tags)),
    );
    expect(left.flat().filter(({ state }) => state !== 'shutting-down')).toEqual([]);
  });

  it('takes its users, keys and secrets with it when it is deleted', async () => {
    const { aws_access_key_id: id = '', aws_secret_access_key: secret = '' } = await valuesOf('admin');
    await store.delete(key);
    await until((account) => account === undefined);
    await expect(ports.signIn.identity({ id, secret })).rejects.toMatchObject({ failure: 'unauthenticated' });
    expect(await valuesOf('admin')).toEqual({});
  });
});
