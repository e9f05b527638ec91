import { describe, expect, it } from '@jest/globals';
import { operationsHere } from '../../../../regional/access/role/operations-here.ts';
import type { Finding } from '../../../../shared/checks/check.ts';
import { errorNames, OperationError } from '../../../../shared/operation-error.ts';
import {
  fakePlatform,
  installerRole,
  registeredAccount,
  requests,
  results,
} from '../../../support/fakes/access.ts';
import { awsError } from '../../../support/fakes/aws-errors.ts';
import { FakeAws, Refusal } from '../../../support/wire/fake-aws.ts';

const byRole = () => registeredAccount({ access_mode: 'oidc-sts' });

describe('an operation that runs here', () => {
  it('is run with the role of the account, in its region, and no function is asked', async () => {
    const { provide, here, aws } = fakePlatform();
    const answer = await provide(byRole());
    expect(answer).toMatchObject({
      outcome: 'answered',
      result: results['oidc-provisioner'],
      trace: { via: 'oidc-sts', requestId: 'an id of ours', attempts: 1 },
    });
    expect(answer).not.toHaveProperty('fallback');
    expect(aws.calls).toEqual([]);
    expect(here.calls[0]?.args).toMatchObject([
      'oidc-provisioner',
      requests['oidc-provisioner'],
      {
        credentials: { accessKeyId: 'key-1' },
        invocation: { partition: 'aws', account: '123456789012', region: 'us-east-1' },
      },
    ]);
  });

  it.each(Object.entries(errorNames))('fails with %s as its function does', async (name, { retry }) => {
    const { provide, here } = fakePlatform();
    here.fail('run', new OperationError(name as keyof typeof errorNames, 'the reason'), 10);
    expect(await provide(byRole(), { retries: false })).toMatchObject({
      outcome: 'failed',
      failure: { kind: 'function-failed', errorType: name, mayPass: retry, message: 'the reason' },
      trace: { via: 'oidc-sts' },
    });
  });

  it('names the role that lacks a permission, and the permission', async () => {
    const { provide, here } = fakePlatform();
    here.fail('run', awsError('iam:CreateOpenIDConnectProvider', 'AccessDenied'));
    const answer = await provide(byRole());
    expect(answer).toMatchObject({ failure: { errorType: 'AccessDeniedError', mayPass: false } });
    const { message } = (answer as { failure: { message: string } }).failure;
    expect(message).toContain(installerRole);
    expect(message).toContain('iam:CreateOpenIDConnectProvider');
  });

  it('is tried again when AWS limits the rate', async () => {
    const { provide, here, clock } = fakePlatform();
    here.fail('run', awsError('iam:GetOpenIDConnectProvider', 'Throttling'), 2);
    expect(await provide(byRole())).toMatchObject({ outcome: 'answered', trace: { attempts: 3 } });
    expect(clock.slept).toEqual([1_000, 2_000]);
  });

  it('is not waited for longer than the caller says', async () => {
    const { provide, here } = fakePlatform();
    here.run = () => new Promise(() => {});
    expect(await provide(byRole(), { withinMs: 30 })).toMatchObject({ failure: { kind: 'timed-out' } });
  });
});

describe("the functions' own code, with a role that may do nothing", () => {
  const refusing = new Proxy(
    {},
    {
      get: (_target, action: string) => () => {
        throw new Refusal(action.startsWith('ec2:') ? 'UnauthorizedOperation' : 'AccessDenied', 403);
      },
    },
  );

  async function ask<Name extends 'preflight-checker' | 'network-verifier'>(name: Name) {
    const { instrument } = new FakeAws(refusing);
    const { access } = fakePlatform({}, { operationsHere: async () => operationsHere(instrument) });
    return access.invoke(byRole(), 'oidc-sts', name, requests[name], { withinMs: 60_000 });
  }

  it.each(['preflight-checker', 'network-verifier'] as const)(
    'the %s finds nothing out, says so of each check, and names the role',
    async (name) => {
      const answer = await ask(name);
      expect(answer).toMatchObject({
        outcome: 'answered',
        result: { summary: { passed: expect.any(Number) } },
      });
      const { result } = answer as unknown as {
        result: Record<'validation_results' | 'network_validation_results', Finding[]>;
      };
      const findings = result.validation_results ?? result.network_validation_results;
      const denied = findings.filter(({ details }) => details?.reason_code === 'access_denied');
      expect(denied.length).toBeGreaterThan(0);
      for (const { status, message, details } of denied) {
        expect(status).toBe('warning');
        expect(message).toContain(`the role ${installerRole} may not call ${details?.missing_action}`);
      }
      expect(JSON.stringify(findings)).not.toContain("the function's role");
    },
  );

  it('a wrong request is refused before anything is asked', async () => {
    const aws = new FakeAws(refusing);
    const { access } = fakePlatform({}, { operationsHere: async () => operationsHere(aws.instrument) });
    const request = { ...requests['network-verifier'], vpc_id: 'not-a-vpc' };
    expect(
      await access.invoke(byRole(), 'oidc-sts', 'network-verifier', request, { withinMs: 60_000 }),
    ).toMatchObject({
      failure: { errorType: 'InvalidRequestError', message: expect.stringContaining('vpc_id must be') },
    });
    expect(aws.calls).toEqual([]);
  });
});
