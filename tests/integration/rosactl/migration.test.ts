import {
  CreateOpenIDConnectProviderCommand,
  CreateRoleCommand,
  GetOpenIDConnectProviderCommand,
  GetRoleCommand,
  type Tag,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { clmRoleArn } from '../../../tools/journey/regional-platform.ts';
import { addDist } from '../../support/built-project.ts';
import { accountRoles, issuer, operatorRole, operatorRoleName } from '../../support/fakes/legacy-access.ts';
import { Laptop } from '../../support/laptop.ts';
import { customer, platformApiFor } from '../../support/platform-api/for-laptop.ts';
import type { TestPlatformApi } from '../../support/platform-api/test-platform-api.ts';
import { runRosactl } from '../../support/rosactl.ts';

const prepareTimeoutMs = 120_000;
const ofRosa: Tag[] = [{ Key: 'red-hat-managed', Value: 'true' }];

let laptop: Laptop;
let api: TestPlatformApi;
let providerArn: string;

const roles = [operatorRole(), ...accountRoles()];

/** Makes what the rosa command line leaves in an account with one cluster. */
async function prepareLegacyAccess(): Promise<string> {
  const { OpenIDConnectProviderArn = '' } = await laptop.iam.send(
    new CreateOpenIDConnectProviderCommand({
      Url: `https://${issuer}`,
      ClientIDList: ['openshift', 'sts.amazonaws.com'],
      ThumbprintList: ['917e732d330f9a12404f73d8bea36948b929dffc'],
      Tags: ofRosa,
    }),
  );
  for (const { name, trustPolicy } of roles) {
    await laptop.iam.send(
      new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: trustPolicy, Tags: ofRosa }),
    );
  }
  return OpenIDConnectProviderArn;
}

beforeAll(async () => {
  laptop = await Laptop.start();
  [api] = await Promise.all([platformApiFor(laptop.aws), addDist(laptop.project.folder)]);
}, prepareTimeoutMs);
afterAll(async () => {
  await Promise.all([laptop?.stop(), api?.close()]);
});

/** Runs a command and reads its JSON. */
async function rosactl(...argv: string[]) {
  const environment = { ...laptop.aws.environment, ROSACTL_PLATFORM_API_URL: api.url };
  const ended = await runRosactl({ folder: laptop.project.folder, environment }, ...argv, '--output', 'json');
  return { ...ended, answer: JSON.parse(ended.stdout || 'null') };
}

/** All that AWS tells of the provider and the roles. */
async function legacyAccess(): Promise<string> {
  const provider = await laptop.iam.send(
    new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: providerArn }),
  );
  const found = await Promise.all(
    roles.map(async ({ name }) => (await laptop.iam.send(new GetRoleCommand({ RoleName: name }))).Role),
  );
  return JSON.stringify([{ ...provider, $metadata: undefined }, found]);
}

const failedIn = ({ findings }: { findings: { status: string }[] }) =>
  findings.filter(({ status }) => status === 'failed');

// The cases follow one another as the days of a customer do.
describe('an account with clusters on OIDC/STS, in order', () => {
  it('is not migrated when there is no OIDC/STS set-up', async () => {
    await laptop.forgetCalls();
    const { status, answer } = await rosactl('migrate-account');
    expect(status).toBe(1);
    expect(answer.migrated).toBe(false);
    expect(failedIn(answer)).toContainEqual(
      expect.objectContaining({
        check_name: 'legacy_oidc_providers',
        message: expect.stringContaining('"rosactl setup-account"'),
      }),
    );
    expect(await laptop.changes()).toEqual([]);
  });

  it('is shown what a migration would do, and nothing is changed', async () => {
    providerArn = await prepareLegacyAccess();
    await laptop.forgetCalls();
    const { status, answer } = await rosactl('migrate-account', '--dry-run');
    expect(failedIn(answer)).toEqual([]);
    expect(answer.preview.registration).toMatchObject({ account: customer, authentication: 'dual' });
    expect(status).toBe(0);
    expect(await laptop.changes()).toEqual([]);
    expect(api.accounts.has(customer)).toBe(false);
  });

  it('works in one way before it is migrated', async () => {
    expect(await rosactl('test-migration')).toMatchObject({ status: 1, answer: { verdict: 'legacy only' } });
  });

  it('is migrated without any change to what runs', async () => {
    const before = await legacyAccess();
    const { status, answer, stderr } = await rosactl('migrate-account');
    expect(stderr).not.toContain('Error');
    expect(answer).toMatchObject({ migrated: true, registration: { status: 'registered' }, clmRoleArn });
    expect(failedIn(answer)).toEqual([]);
    expect(status).toBe(0);
    expect(await legacyAccess()).toBe(before);
    expect(api.accounts.get(customer)?.registration).toMatchObject({ authentication: 'dual' });
  });

  it('works in both ways then', async () => {
    const { status, answer } = await rosactl('test-migration');
    expect(answer.findings.filter((finding: { status: string }) => finding.status !== 'passed')).toEqual([]);
    expect(answer.verdict).toBe('ready');
    expect(status).toBe(0);
  });

  it('is not changed by another migration', async () => {
    await laptop.forgetCalls();
    const { status, answer } = await rosactl('migrate-account');
    expect(answer.registration).toEqual({ status: 'already registered' });
    expect(status).toBe(0);
    expect(new Set(await laptop.changes())).toEqual(new Set(['lambda:Invoke']));
  });

  it('is told which trust policy somebody has broken', async () => {
    const broken = operatorRole({ Action: 'sts:AssumeRole' }).trustPolicy;
    await laptop.iam.send(
      new UpdateAssumeRolePolicyCommand({ RoleName: operatorRoleName, PolicyDocument: broken }),
    );
    const { status, answer } = await rosactl('test-migration');
    expect(answer.verdict).toBe('lambda only');
    expect(failedIn(answer)).toMatchObject([
      {
        check_name: 'legacy_operator_roles',
        resource_id: operatorRoleName,
        details: { provider: providerArn },
      },
    ]);
    expect(status).toBe(1);
  });
});
