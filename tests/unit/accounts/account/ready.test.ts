import { describe, expect, it } from '@jest/globals';
import { AccountLife, type Circumstances } from '../../../support/fakes/account-life.ts';
import { awsError } from '../../../support/fakes/aws-errors.ts';

async function ready(circumstances?: Circumstances): Promise<AccountLife> {
  const life = new AccountLife(circumstances);
  await life.begin();
  await life.untilState('Ready');
  return life;
}

const secretOf = (life: AccountLife, name: string) =>
  life.world.secrets.valuesOf(`aws-account-operator/osd-creds-mgmt-abc123-${name}`);

describe('a ready account', () => {
  it('is claimed when a claim has it', async () => {
    const life = await ready();
    expect((await life.account()).status?.claimed).toBeUndefined();
    await life.change({ claimLink: 'harbour', claimLinkNamespace: 'default' });
    await life.look();
    expect((await life.account()).status?.claimed).toBe(true);
    expect(await life.findings()).toEqual(['Ready/Ready', 'Claimed/Claimed']);
  });

  it('is claimed from the beginning when a claim had it before it was ready', async () => {
    const life = new AccountLife();
    await life.begin();
    await life.untilState('PendingVerification');
    await life.change({ claimLink: 'harbour', claimLinkNamespace: 'default' });
    await life.untilState('Ready');
    expect((await life.account()).status?.claimed).toBe(true);
  });

  it('says so no more when it was given back', async () => {
    const life = await ready();
    await life.change({ claimLink: 'harbour' });
    await life.look();
    await life.change({ claimLink: '' }, { claimed: false });
    await life.look();
    expect(await life.findings()).toEqual(['Ready/Ready']);
  });

  it('is not written when nothing is new', async () => {
    const life = await ready();
    const before = life.store.changes.length;
    expect(await life.look()).toEqual({ outcome: 'done' });
    expect(life.store.changes.length).toBe(before);
  });

  it('sets one timer for its credentials, and no other look sets one more', async () => {
    const life = new AccountLife();
    await life.begin();
    expect(await life.untilState('Ready')).toMatchObject({ outcome: 'again' });
    expect(await life.look()).toEqual({ outcome: 'done' });
  });

  it.each([
    ['rotateCredentials', 'sre-cli-credentials', 'sre-console-url'],
    ['rotateConsoleCredentials', 'sre-console-url', 'sre-cli-credentials'],
  ])('makes what %s stands for anew, and nothing else', async (flag, renewed, kept) => {
    const life = await ready();
    const [before, other] = [secretOf(life, renewed), secretOf(life, kept)];
    await life.change({}, { [flag]: true });
    await life.look();
    expect(secretOf(life, renewed)).not.toEqual(before);
    expect(secretOf(life, kept)).toEqual(other);
    expect((await life.account()).status).toMatchObject({ [flag]: false });
  });

  it('has new temporary credentials before the old ones end, again and again', async () => {
    const life = await ready();
    await life.look();
    for (let minutes = 0; minutes < 240; minutes += 5) {
      life.wait(300);
      await life.look();
      const { cliCredentialsExpireAt = '', consoleURLExpiresAt = '' } = (await life.account()).status ?? {};
      expect(Date.parse(cliCredentialsExpireAt)).toBeGreaterThan(life.now().getTime());
      expect(Date.parse(consoleURLExpiresAt)).toBeGreaterThan(life.now().getTime());
    }
  });

  it('that lets nobody in says so and stays ready, and has new ones once it does', async () => {
    let isShut = false;
    const life = await ready({
      ports: ({ members }) => ({
        members: {
          enter: (account, way) =>
            isShut
              ? Promise.resolve({ outcome: 'refused', error: awsError('sts:AssumeRole', 'AccessDenied') })
              : members.enter(account, way),
        },
      }),
    });
    isShut = true;
    const before = secretOf(life, 'sre-cli-credentials');
    await life.change({}, { rotateCredentials: true });
    expect(await life.look()).toMatchObject({ outcome: 'failed' });
    const writes = life.store.changes.length;
    await life.look();
    expect(life.store.changes.length).toBe(writes);
    expect(await life.findings()).toEqual(['Ready/Ready', 'AuthorizationError/AccessDenied']);
    isShut = false;
    await life.look();
    expect(await life.findings()).toEqual(['Ready/Ready']);
    expect(secretOf(life, 'sre-cli-credentials')).not.toEqual(before);
  });

  it('has them in their secrets without a moment in which there are none', async () => {
    const life = await ready();
    const deleted = life.calls.filter((call) => call.startsWith('secretsmanager:DeleteSecret'));
    await life.change({}, { rotateCredentials: true, rotateConsoleCredentials: true });
    await life.look();
    expect(life.calls.filter((call) => call.startsWith('secretsmanager:DeleteSecret'))).toEqual(deleted);
  });
});
