import {
  GetOpenIDConnectProviderCommand,
  GetRoleCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { clmRoleArn } from '../../../tools/journey/regional-platform.ts';
import { addDist } from '../../support/built-project.ts';
import { operatorRole, operatorRoleName } from '../../support/fakes/legacy-access.ts';
import { Laptop } from '../../support/laptop.ts';
import { installerRoleArn, legacyRoles, prepareLegacyAccess } from '../../support/legacy-customer.ts';
import { customer, platformApiFor } from '../../support/platform-api/for-laptop.ts';
import type { TestPlatformApi } from '../../support/platform-api/test-platform-api.ts';
import { askRosactl } from '../../support/rosactl.ts';

const prepareTimeoutMs = 120_000;
const accessRole = 'RosaRegionalPlatformAccess-us-east-1';

let laptop: Laptop;
let api: TestPlatformApi;
let providerArn: string;

beforeAll(async () => {
  laptop = await Laptop.start();
  [api] = await Promise.all([platformApiFor(laptop.aws), addDist(laptop.project.folder)]);
}, prepareTimeoutMs);
afterAll(async () => {
  await Promise.all([laptop?.stop(), api?.close()]);
});

/** Runs a command and reads its JSON. */
function rosactl(...argv: string[]) {
  const environment = { ...laptop.aws.environment, ROSACTL_PLATFORM_API_URL: api.url };
  return askRosactl({ folder: laptop.project.folder, environment }, ...argv);
}

/** What the platform knows of the account. */
const registered = () => api.accounts.get(customer)?.registration;

/** All that AWS tells of the provider and the roles. */
async function legacyAccess(): Promise<string> {
  const provider = await laptop.iam.send(
    new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: providerArn }),
  );
  const found = await Promise.all(
    legacyRoles.map(async ({ name }) => (await laptop.iam.send(new GetRoleCommand({ RoleName: name }))).Role),
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
    providerArn = await prepareLegacyAccess(laptop.iam);
    await laptop.forgetCalls();
    const { status, answer } = await rosactl('migrate-account', '--dry-run');
    expect(failedIn(answer)).toEqual([]);
    expect(answer.preview.registration).toMatchObject({
      accountId: customer,
      authentication: 'resource-policy',
      accessMode: 'dual',
      oidcStsRoleArn: installerRoleArn,
    });
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
    expect(registered()).toMatchObject({
      authentication: 'resource-policy',
      access_mode: 'dual',
      oidc_sts_role_arn: installerRoleArn,
      lambda_versions: { oidc_provisioner: { version: '1' } },
    });
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
    expect(answer.registration).toEqual({ status: 'already registered', accessMode: 'dual' });
    expect(status).toBe(0);
    expect(new Set(await laptop.changes())).toEqual(new Set(['lambda:Invoke']));
  });

  it('can go back: new clusters use OIDC/STS again, and nothing in the account is touched', async () => {
    await laptop.forgetCalls();
    const { status, answer } = await rosactl('migrate-account', '--rollback');
    expect(answer).toMatchObject({ outcome: 'changed', accessMode: { before: 'dual', after: 'oidc-sts' } });
    expect(status).toBe(0);
    expect(await laptop.changes()).toEqual([]);
    expect(registered()).toMatchObject({ access_mode: 'oidc-sts', oidc_sts_role_arn: installerRoleArn });
    expect(await rosactl('test-migration')).toMatchObject({ status: 1, answer: { verdict: 'legacy only' } });
  });

  it('goes forth again, now with a role that the platform assumes', async () => {
    const { answer } = await rosactl('migrate-account', '--authentication', 'assume-role');
    expect(answer).toMatchObject({
      authentication: 'assume-role',
      accessRole,
      registration: {
        status: 'changed',
        changes: expect.arrayContaining([
          'accessMode: oidc-sts -> dual',
          'authentication: resource-policy -> assume-role',
        ]),
      },
    });
    expect(registered()).toMatchObject({
      invocation_role_arn: `arn:aws:iam::${customer}:role/${accessRole}`,
    });
    const { Role } = await laptop.iam.send(new GetRoleCommand({ RoleName: accessRole }));
    expect(JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ''))).toMatchObject({
      Statement: [
        {
          Principal: { AWS: clmRoleArn },
          Condition: { StringEquals: { 'sts:ExternalId': `rosa-lambda-access:${customer}` } },
        },
      ],
    });
  }, 60_000);

  it('works in both ways then, and has not drifted', async () => {
    expect((await rosactl('test-migration')).answer.verdict).toBe('ready');
    const { status, answer } = await rosactl('status', '--exit-code');
    expect(answer.access).toMatchObject({ authentication: 'assume-role', drift: [], notDetermined: [] });
    expect(answer.functions.flatMap(({ drift }: { drift: unknown[] }) => drift)).toEqual([]);
    expect(status).toBe(0);
  });

  it('can shut the platform out at once, and let it in again', async () => {
    await rosactl('cleanup-access', '--yes');
    const closed = await rosactl('status', '--exit-code');
    expect(closed.answer.access.drift).toMatchObject([{ message: expect.stringContaining('is closed') }]);
    expect(closed.status).toBe(1);
    expect((await rosactl('setup-account')).answer.registration).toMatchObject({ accessMode: 'dual' });
    expect((await rosactl('status', '--exit-code')).status).toBe(0);
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
