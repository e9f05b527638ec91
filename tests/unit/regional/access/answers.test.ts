import { describe, expect, it } from '@jest/globals';
import type { OperationName } from '../../../../regional/access/access.ts';
import {
  failedWith,
  fakePlatform,
  invoked,
  oidcArn,
  registeredAccount,
  requestId,
  requests,
  results,
  roleAccount,
} from '../../../support/fakes/access.ts';
import { awsError } from '../../../support/fakes/aws-errors.ts';

const byLambda = () => registeredAccount({ access_mode: 'lambda' });
const roleByLambda = () => roleAccount({ access_mode: 'lambda' });

/** What comes of it when the function gives this back. */
async function answerTo(payload: string) {
  const { provide } = fakePlatform({ invoke: async () => ({ ...invoked(), payload }) });
  return provide(byLambda());
}

describe('an answer', () => {
  it.each(Object.keys(results) as OperationName[])('of the %s is its result', async (operation) => {
    const { access, aws } = fakePlatform({ invoke: async () => invoked(results[operation]) });
    const answer = await access.invoke(byLambda(), 'lambda', operation, requests[operation], {
      withinMs: 60_000,
    });
    expect(answer).toMatchObject({ outcome: 'answered', result: results[operation] });
    expect(aws.calls[0]?.args[0]).toMatchObject({ payload: JSON.stringify(requests[operation]) });
  });

  it('tells who gave it, and after how many tries', async () => {
    const { provide } = fakePlatform({
      invoke: async () => invoked({ ...results['oidc-provisioner'], rosa_version: '0.9.0' }),
    });
    const answer = await provide(byLambda());
    expect(answer).toMatchObject({
      outcome: 'answered',
      trace: {
        via: 'lambda',
        requestId,
        functionArn: oidcArn,
        version: '7',
        release: '0.9.0',
        attempts: 1,
        durationMs: 0,
      },
    });
    expect(answer).not.toHaveProperty('fallback');
  });

  it('comes of a request that carries the ids of its cluster and workflow', async () => {
    const { aws, provide } = fakePlatform();
    await provide(byLambda());
    const sent = aws.calls.map(({ args }) => JSON.parse((args[0] as { payload: string }).payload));
    expect(sent).toEqual([expect.objectContaining({ cluster_id: 'c1', correlation_id: 'workflow-7' })]);
  });

  it('of a newer release may have fields that are not known here, at any depth', async () => {
    const newer = { ...results['preflight-checker'], cost: { usd: 3 } };
    const validation_results = newer.validation_results.map((finding) => ({ ...finding, link: 'https://x' }));
    const { access } = fakePlatform({ invoke: async () => invoked({ ...newer, validation_results }) });
    const { 'preflight-checker': request } = requests;
    expect(
      await access.invoke(byLambda(), 'lambda', 'preflight-checker', request, { withinMs: 60_000 }),
    ).toMatchObject({ outcome: 'answered', result: { cost: { usd: 3 }, validation_results } });
  });

  it('of an older release tells no release', async () => {
    const { rosa_version: _, ...older } = results['oidc-provisioner'];
    const answer = await answerTo(JSON.stringify(older));
    expect(answer.outcome).toBe('answered');
    expect(answer.trace).not.toHaveProperty('release');
  });
});

describe('what is no result', () => {
  it.each([
    ['garbage', '}{', 'not JSON'],
    ['a page of a proxy', '<html><body>Bad gateway</body></html>', 'not JSON'],
    ['nothing', '', 'empty'],
    ['null', 'null', 'not a JSON object'],
    ['a text', '"done"', 'not a JSON object'],
    ['a list', '[]', 'not a JSON object'],
    [
      'an old shape',
      '{"arn":"arn:aws:iam::1:oidc-provider/x","created":true}',
      'oidc_provider_arn is missing',
    ],
    [
      "another component's result",
      JSON.stringify(results['preflight-checker']),
      'oidc_provider_arn is missing',
    ],
    [
      'a word that is not known',
      JSON.stringify({ ...results['oidc-provisioner'], status: 'renamed' }),
      'status must',
    ],
    [
      '6 MB',
      JSON.stringify({ ...results['oidc-provisioner'], padding: 'x'.repeat(6_000_000) }),
      '1048576 are read',
    ],
    ['6 MB of offences', `{"changes":[${'0,'.repeat(2_900_000)}0]}`, '1048576 are read'],
    ['1 MB of offences', `{"changes":[${'0,'.repeat(500_000)}0]}`, 'more than 50000 values'],
  ])('%s is refused, with what is wrong and what to do', async (_, payload, why) => {
    const answer = await answerTo(payload);
    expect(answer).toMatchObject({
      outcome: 'failed',
      failure: { kind: 'invalid-result', mayPass: false, requestId },
      trace: { version: '7', attempts: 1 },
    });
    const { message } = (answer as { failure: { message: string } }).failure;
    expect(message).toContain(why);
    expect(message).toContain('`rosactl update-lambdas`');
    expect(message.length).toBeLessThan(2_000);
  });
});

describe('a function that fails', () => {
  it.each([
    ['InvalidRequestError', 'function-failed', false],
    ['AccessDeniedError', 'function-failed', false],
    ['ThrottledError', 'function-failed', true],
    ['ConflictError', 'function-failed', false],
    ['DependencyError', 'function-failed', true],
    ['InternalError', 'function-failed', false],
    ['Runtime.ExitError', 'function-failed', true],
    ['Runtime.ImportModuleError', 'function-failed', false],
    ['Function.ResponseSizeTooLarge', 'function-failed', false],
    ['Sandbox.Timedout', 'timed-out', true],
  ])('with %s is %s, and may pass: %s', async (errorType, kind, mayPass) => {
    const { provide } = fakePlatform({ invoke: async () => failedWith(errorType, 'the reason') });
    expect(await provide(byLambda(), { retries: false })).toMatchObject({
      outcome: 'failed',
      failure: { kind, errorType, mayPass, requestId, message: expect.stringContaining('the reason') },
      trace: { version: '7', functionArn: oidcArn },
    });
  });

  it.each([
    ['{"errorMessage":"2026-03-01T10:00:00Z c0ffee Task timed out after 60.00 seconds"}', 'timed-out'],
    ['not JSON', 'function-failed'],
    ['null', 'function-failed'],
    ['', 'function-failed'],
    ['{"errorType":7,"errorMessage":{}}', 'function-failed'],
  ])('and says %s is %s all the same', async (payload, kind) => {
    const invoke = async () => ({ requestId, payload, functionError: 'Unhandled' });
    const { provide } = fakePlatform({ invoke });
    expect(await provide(byLambda(), { retries: false })).toMatchObject({ failure: { kind } });
  });

  it('does not bring credentials into the message', async () => {
    const said = 'x-amz-security-token: c2VjcmV0 AKIAIOSFODNN7EXAMPLE';
    const { provide } = fakePlatform({ invoke: async () => failedWith('InternalError', said) });
    const answer = await provide(byLambda());
    expect(JSON.stringify(answer)).not.toMatch(/c2VjcmV0|AKIAIOSFODNN7EXAMPLE/);
  });
});

describe('the hash of the code that ran', () => {
  it('is read once for each version, as the role that is assumed', async () => {
    const { aws, provide } = fakePlatform();
    expect(await provide(roleByLambda())).toMatchObject({ trace: { codeSha256: 'sha of the code' } });
    await provide(roleByLambda());
    const asked = aws.calls.filter(({ name }) => name === 'codeSha256');
    expect(asked.map(({ args }) => args[0])).toEqual([oidcArn.replace(':prod', ':7')]);
  });

  const registered = (version: string) => ({
    access_mode: 'lambda' as const,
    lambda_versions: { oidc_provisioner: { version, code_sha256: 'as registered' } },
  });

  it('is the registered one where the platform may only invoke', async () => {
    const { aws, provide } = fakePlatform();
    const answer = await provide(registeredAccount(registered('7')));
    expect(answer.trace.codeSha256).toBe('as registered');
    expect(aws.calls.map(({ name }) => name)).toEqual(['invoke']);
  });

  it('is not told when another version was registered', async () => {
    const { provide } = fakePlatform();
    expect((await provide(registeredAccount(registered('6')))).trace).not.toHaveProperty('codeSha256');
  });

  it('is the registered one when the role may not read it, which is asked once', async () => {
    const { aws, provide } = fakePlatform();
    aws.fail('codeSha256', awsError('lambda:GetFunctionConfiguration', 'AccessDeniedException'));
    await provide(roleAccount(registered('7')));
    expect((await provide(roleAccount(registered('7')))).trace.codeSha256).toBe('as registered');
    expect(aws.calls.filter(({ name }) => name === 'codeSha256')).toHaveLength(1);
  });

  it('does not stand in the way of an answer', async () => {
    const { aws, provide } = fakePlatform();
    aws.fail('codeSha256', awsError('lambda:GetFunctionConfiguration', 'TooManyRequestsException'));
    const answer = await provide(roleByLambda());
    expect(answer.outcome).toBe('answered');
    expect((await provide(roleByLambda())).trace.codeSha256).toBe('sha of the code');
  });
});
