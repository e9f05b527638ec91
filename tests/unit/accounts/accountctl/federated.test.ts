import { readFile } from 'node:fs/promises';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { roleSpecs } from '../../../simulation/federated/people.ts';
import { accountctl } from '../../../support/accountctl.ts';
import { FederatedLife } from '../../../support/fakes/federated-life.ts';

const manifests = new URL('../../../fixtures/manifests/', import.meta.url);
const textOf = (kind: string) => readFile(new URL(`aws-federated-${kind}.yaml`, manifests), 'utf8');

let life: FederatedLife;
beforeEach(() => {
  life = new FederatedLife();
});

const run = (argv: string, files: Record<string, string> = {}) =>
  accountctl({ store: life.store, files, now: life.now() }, ...argv.split(' '));

describe('accountctl', () => {
  it('applies manifests of federated roles and accesses, and changes nothing the second time', async () => {
    const files = { 'role.yaml': await textOf('role'), 'access.yaml': await textOf('account-access') };
    const first = await run('apply -f role.yaml -f access.yaml', files);
    const second = await run('apply -f role.yaml -f access.yaml', files);
    expect([first.exitCode, second.exitCode]).toEqual([0, 0]);
    expect(second.out).toBe(first.out.replaceAll('created', 'unchanged'));
  });

  it('shows how far they are, and what there is', async () => {
    await life.ready(roleSpecs[1]);
    expect((await run('get faa -n uhc-one -o wide')).out).toMatch(
      /^access +Ready +\S+ +network +arn:aws:iam::/m,
    );
    expect((await run('get fr -n aws-account-operator')).out).toMatch(/^network +Valid +/m);
    const { out } = await run('describe faa access -n uhc-one');
    expect(out).toMatch(/^ +roleARN: arn:aws:iam::\d{12}:role\/network-abc123$/m);
    expect(out).toMatch(/^ +Ready +True .* Account access is ready$/m);
  });

  it('does not lose what was made when a manifest is applied again', async () => {
    await life.ready(roleSpecs[1]);
    const { out: manifest } = await run('get faa access -n uhc-one -o yaml');
    expect(await run('apply -f access.yaml', { 'access.yaml': manifest })).toMatchObject({
      exitCode: 0,
      out: expect.stringMatching(/unchanged/),
    });
  });

  it('deletes them, which waits for those who have something to undo', async () => {
    await life.ready(roleSpecs[0]);
    expect((await run('delete fr network -n aws-account-operator --yes')).exitCode).toBe(0);
    expect((await life.role()).metadata.deletionTimestamp).toBeDefined();
    await life.look(life.roleKey);
    await life.until(life.accessKey);
    await life.until(life.roleKey);
    expect((await run('get fr -n aws-account-operator')).out).not.toMatch(/network/);
  });
});
