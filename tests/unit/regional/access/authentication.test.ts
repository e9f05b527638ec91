import { describe, expect, it } from '@jest/globals';
import type { AccessFailure } from '../../../../regional/access/access.ts';
import {
  fakePlatform,
  installerRole,
  invocationRole,
  registeredAccount,
  requests,
  roleAccount,
} from '../../../support/fakes/access.ts';
import { awsError } from '../../../support/fakes/aws-errors.ts';

const roleByLambda = () => roleAccount({ access_mode: 'lambda' });
const byRole = () => registeredAccount({ access_mode: 'oidc-sts' });

const failureOf = (answer: unknown): AccessFailure => (answer as { failure: AccessFailure }).failure;

describe('with the authentication resource-policy', () => {
  it("functions are invoked with the platform's own credentials", async () => {
    const { provide, seenWith, roles } = fakePlatform();
    await provide(registeredAccount({ access_mode: 'lambda' }));
    expect(seenWith).toEqual([undefined]);
    expect(roles.calls).toEqual([]);
  });
});

describe.each([
  ['with the authentication assume-role', roleByLambda, invocationRole, 'invocation_role_arn'],
  ['in the mode oidc-sts', byRole, installerRole, 'oidc_sts_role_arn'],
] as const)('%s', (_, account, roleArn, field) => {
  it('the role is assumed for the cluster, with the external id of the account', async () => {
    const { provide, roles } = fakePlatform();
    expect(await provide(account())).toMatchObject({ outcome: 'answered' });
    expect(roles.calls.map(({ args }) => args[0])).toEqual([
      { roleArn, externalId: 'rosa-lambda-access:123456789012', sessionName: 'rosa-clm-c1' },
    ]);
  });

  it('its credentials are used until shortly before they expire', async () => {
    const { provide, roles, clock } = fakePlatform();
    await provide(account());
    await clock.sleep(54 * 60_000);
    await provide(account());
    expect(roles.calls).toHaveLength(1);
    await clock.sleep(2 * 60_000);
    await provide(account());
    expect(roles.calls).toHaveLength(2);
  });

  it.each([
    ['another account', roleArn.replace('123456789012', '999999999999')],
    ['another partition', roleArn.replace('arn:aws:', 'arn:aws-cn:')],
  ])('a role of %s is not assumed', async (_place, foreign) => {
    const { provide, roles, aws } = fakePlatform();
    const { spec, ...rest } = account();
    const registration = { ...spec.registration, [field]: foreign };
    const answer = await provide({ ...rest, spec: { ...spec, registration } });
    expect(failureOf(answer)).toMatchObject({ kind: 'denied', errorType: 'ForeignRole', mayPass: false });
    expect(failureOf(answer).message).toContain(foreign);
    expect([roles.calls, aws.calls]).toEqual([[], []]);
  });

  it('an account without the role says which one is missing', async () => {
    const { provide } = fakePlatform();
    const { spec, ...rest } = account();
    const registration = { ...spec.registration, [field]: undefined };
    const answer = await provide({ ...rest, spec: { ...spec, registration } });
    expect(failureOf(answer)).toMatchObject({ kind: 'denied', message: expect.stringContaining(field) });
  });

  it('a role that does not let the platform in is told, with what it must trust', async () => {
    const { provide, roles } = fakePlatform();
    roles.fail('assumeRole', awsError('sts:AssumeRole', 'AccessDenied'));
    const failure = failureOf(await provide(account()));
    expect(failure).toMatchObject({ kind: 'denied', errorType: 'AccessDenied', mayPass: false });
    expect(failure.message).toContain(`sts:AssumeRole on ${roleArn}`);
    expect(failure.message).toContain('external id');
  });

  it('a moment in which roles cannot be assumed passes', async () => {
    const { provide, roles, clock } = fakePlatform();
    roles.fail('assumeRole', awsError('sts:AssumeRole', 'ServiceUnavailable'));
    expect(await provide(account())).toMatchObject({ outcome: 'answered', trace: { attempts: 2 } });
    expect(clock.slept).toEqual([1_000]);
  });
});

describe('an installer role that lets in one role of Red Hat alone', () => {
  const installerCallerRoleArn = 'arn:aws:iam::710019948333:role/RH-Managed-OpenShift-Installer';
  const others = { installerCallerRoleArn };

  const work = (platform: ReturnType<typeof fakePlatform>, cluster_id: string) => {
    const request = { ...requests['preflight-checker'], cluster_id };
    return platform.access.invoke(byRole(), 'oidc-sts', 'preflight-checker', request, { withinMs: 60_000 });
  };

  it('is assumed by that role, which is assumed first, once for all clusters', async () => {
    const platform = fakePlatform({}, others);
    for (const cluster of ['c1', 'c2']) await work(platform, cluster);
    expect(platform.roles.calls.map(({ args: [request, , by] }) => [request, by])).toMatchObject([
      [{ roleArn: installerCallerRoleArn, sessionName: 'rosa-clm' }, undefined],
      [{ roleArn: installerRole, sessionName: 'rosa-clm-c1' }, { accessKeyId: 'key-1' }],
      [{ roleArn: installerRole, sessionName: 'rosa-clm-c2' }, { accessKeyId: 'key-1' }],
    ]);
  });

  it('is assumed by that role with new credentials when AWS no longer takes the old ones', async () => {
    const platform = fakePlatform({}, others);
    await work(platform, 'c1');
    platform.roles.fail('assumeRole', awsError('sts:AssumeRole', 'ExpiredToken'));
    expect(await work(platform, 'c2')).toMatchObject({ outcome: 'answered', trace: { attempts: 1 } });
    const assumed = platform.roles.calls.map(
      ({ args: [request] }) => (request as { roleArn: string }).roleArn,
    );
    expect(assumed.slice(2)).toEqual([installerRole, installerCallerRoleArn, installerRole]);
  });

  it('says whom it has to let in when it does not', async () => {
    const { provide, roles } = fakePlatform({}, others);
    roles.fail('assumeRole', awsError('sts:AssumeRole', 'AccessDenied'));
    expect(failureOf(await provide(byRole())).message).toContain(`let in ${installerCallerRoleArn}`);
  });

  it('has nothing to do with the role by which functions are invoked', async () => {
    const { provide, roles } = fakePlatform({}, others);
    await provide(roleByLambda());
    expect(roles.calls.map(({ args }) => (args[0] as { roleArn: string }).roleArn)).toEqual([invocationRole]);
  });
});

describe('credentials that AWS no longer takes', () => {
  const expired = () => awsError('lambda:InvokeFunction', 'ExpiredTokenException');

  it('are renewed once', async () => {
    const { provide, aws, roles, seenWith } = fakePlatform();
    await provide(roleByLambda());
    aws.fail('invoke', expired());
    expect(await provide(roleByLambda())).toMatchObject({ outcome: 'answered', trace: { attempts: 1 } });
    expect(roles.calls).toHaveLength(2);
    expect(seenWith).toEqual(['key-1', 'key-1', 'key-2']);
  });

  it('are not renewed when they are new', async () => {
    const { provide, aws, roles } = fakePlatform();
    aws.fail('invoke', expired());
    expect(failureOf(await provide(roleByLambda()))).toMatchObject({ kind: 'denied', mayPass: false });
    expect(roles.calls).toHaveLength(1);
  });

  it('are renewed for an operation that runs here', async () => {
    const { provide, here, roles } = fakePlatform();
    await provide(byRole());
    here.fail('run', awsError('iam:GetOpenIDConnectProvider', 'ExpiredToken'));
    expect(await provide(byRole())).toMatchObject({ outcome: 'answered' });
    expect(roles.calls).toHaveLength(2);
  });
});

describe('the name of a session', () => {
  const sessionOf = async (cluster_id?: string) => {
    const { access, roles } = fakePlatform();
    const request = { ...requests['preflight-checker'], cluster_id };
    await access.invoke(roleByLambda(), 'lambda', 'preflight-checker', request, { withinMs: 60_000 });
    const names = roles.calls.map(({ args }) => (args[0] as { sessionName: string }).sessionName);
    return names.join();
  };

  it('tells the cluster', async () => {
    expect(await sessionOf('2f3a1c7e-0000-4000-8000-000000000000')).toBe(
      'rosa-clm-2f3a1c7e-0000-4000-8000-000000000000',
    );
  });

  it('has at most 64 characters', async () => {
    expect(await sessionOf('x'.repeat(128))).toBe(`rosa-clm-${'x'.repeat(55)}`);
  });

  it('is the same for everything without a cluster', async () => {
    expect(await sessionOf()).toBe('rosa-clm');
  });
});
