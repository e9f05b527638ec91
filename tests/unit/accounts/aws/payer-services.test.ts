import { describe, expect, it } from '@jest/globals';
import type { Fetch } from '../../../../accounts/aws/aws-sign-in.ts';
import { accountSecretName } from '../../../../accounts/aws/secrets.ts';
import { type Answers, Refusal } from '../../../support/wire/fake-aws.ts';
import { absent } from '../../../support/wire/healthy-organization.ts';
import { portsOnWire } from '../../../support/wire/ports-on-wire.ts';

const refusing = (error: Error, ...actions: string[]) => {
  const refuse = () => {
    throw error;
  };
  return portsOnWire(Object.fromEntries(actions.map((action) => [action, refuse])) as Answers).ports;
};

describe('a support case', () => {
  const wanted = {
    subject: 'about 222222222222',
    body: 'please',
    serviceCode: 'customer-account',
    categoryCode: 'other-account-issues',
    issueType: 'customer-service',
    severityCode: 'high',
  };

  it('says what it is about, in English', async () => {
    const { aws, ports } = portsOnWire();
    await ports.cases.open(wanted);
    const { body, ...rest } = wanted;
    expect(aws.calls.at(-1)?.input).toEqual({ ...rest, communicationBody: body, language: 'en' });
  });

  it('is not opened when there were too many of late, and AWS is asked once', async () => {
    const cases = refusing(new Refusal('CaseCreationLimitExceeded', 400), 'support:CreateCase').cases;
    expect(await cases.open(wanted)).toMatchObject({ outcome: 'limit' });
  });

  it('is an error where there is no plan with the API in it', async () => {
    const cases = refusing(new Refusal('SubscriptionRequiredException', 400), 'support:CreateCase').cases;
    await expect(cases.open(wanted)).rejects.toMatchObject({
      code: 'SubscriptionRequiredException',
      failure: 'denied',
    });
  });

  it('is looked for among resolved ones too, from a time on', async () => {
    const { aws, ports } = portsOnWire();
    expect(await ports.cases.findBySubject('about nothing', new Date('2026-01-01'))).toBeUndefined();
    expect(aws.calls.at(-1)?.input).toMatchObject({
      afterTime: '2026-01-01T00:00:00.000Z',
      includeResolvedCases: true,
      includeCommunications: false,
    });
  });

  it('that AWS does not know is none', async () => {
    expect(await refusing(absent.support, 'support:DescribeCases').cases.get('case-1')).toBeUndefined();
  });
});

describe('a secret', () => {
  it('of an account has the name that it always had', () => {
    const account = { namespace: 'aws-account-operator', name: 'osd-creds-mgmt-A1b2c3' };
    expect(
      ['admin', 'sre', 'cli', 'console'].map((secret) => accountSecretName(account, secret as 'cli')),
    ).toEqual([
      'aws-account-operator/osd-creds-mgmt-a1b2c3-secret',
      'aws-account-operator/osd-creds-mgmt-a1b2c3-osdmanagedadminsre-secret',
      'aws-account-operator/osd-creds-mgmt-a1b2c3-sre-cli-credentials',
      'aws-account-operator/osd-creds-mgmt-a1b2c3-sre-console-url',
    ]);
  });

  it('that is not there has no values, and is not replaced', async () => {
    const actions = ['secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue'];
    const { secrets } = refusing(absent.secretsmanager, ...actions);
    expect([await secrets.get('a'), await secrets.replace('a', {})]).toEqual([undefined, 'not there']);
  });

  it('that is there is not made', async () => {
    const { secrets } = refusing(new Refusal('ResourceExistsException', 400), 'secretsmanager:CreateSecret');
    expect(await secrets.create('a', {})).toBe('exists');
  });

  it('that is being deleted is not there, and not made yet', async () => {
    const message =
      "You can't create this secret because a secret with this name is already scheduled for deletion.";
    const being = new Refusal('InvalidRequestException', 400, message);
    const { secrets } = refusing(being, 'secretsmanager:GetSecretValue', 'secretsmanager:CreateSecret');
    expect([await secrets.get('a'), await secrets.create('a', {})]).toEqual([undefined, 'deleting']);
  });

  it('is deleted for good, and may be gone', async () => {
    const { aws, ports } = portsOnWire();
    await ports.secrets.delete('a');
    expect(aws.calls.at(-1)?.input).toEqual({ SecretId: 'a', ForceDeleteWithoutRecovery: true });
    const { secrets } = refusing(absent.secretsmanager, 'secretsmanager:DeleteSecret');
    await expect(secrets.delete('a')).resolves.toBeUndefined();
  });

  it.each(['{"a":1}', 'hunter2', '["hunter2"]', 'null'])(
    'that holds %s is an error that does not tell it',
    async (SecretString) => {
      const { ports } = portsOnWire({ 'secretsmanager:GetSecretValue': () => ({ SecretString }) });
      const error = await ports.secrets.get('a').catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ name: 'Undetermined', message: expect.not.stringContaining('hunter2') });
    },
  );
});

describe('a policy that is tried', () => {
  it('is made in the payer account, in a place of its own, and taken away there', async () => {
    const { aws, ports } = portsOnWire();
    await ports.trials.make('uid-1', '{}');
    expect(aws.calls.at(-1)?.input).toMatchObject({
      PolicyName: 'uid-1',
      Path: '/rosa-accounts-trial/',
      PolicyDocument: '{}',
    });
    await ports.trials.unmake('uid-1');
    const PolicyArn = 'arn:aws:iam::111111111111:policy/rosa-accounts-trial/uid-1';
    expect(aws.calls.at(-1)).toMatchObject({ action: 'iam:DeletePolicy', input: { PolicyArn } });
  });

  it.each([
    ['MalformedPolicyDocument', 400, { outcome: 'refused', said: 'Syntax errors in policy.' }],
    ['EntityAlreadyExists', 409, { outcome: 'taken' }],
  ])('is answered with %s', async (code, status, answer) => {
    const refusal = new Refusal(code, status, 'Syntax errors in policy.');
    expect(await refusing(refusal, 'iam:CreatePolicy').trials.make('uid-1', '{}')).toEqual(answer);
  });

  it('may be gone, and so may a managed one', async () => {
    const { trials } = refusing(absent.iam, 'iam:DeletePolicy', 'iam:GetPolicy');
    expect([await trials.unmake('uid-1'), await trials.hasManaged('Nothing')]).toEqual(['not there', false]);
  });
});

describe('the way into the console', () => {
  const credentials = {
    accessKeyId: 'ASIAEXAMPLE',
    secretAccessKey: 'hunter2',
    sessionToken: 'a-token',
    expiration: new Date('2026-01-01'),
  };

  it('is made of a sign-in token that the credentials are given for', async () => {
    const asked: URL[] = [];
    const fetch: Fetch = async (url) => {
      asked.push(new URL(url));
      return { ok: true, status: 200, json: async () => ({ SigninToken: 'a+b/c' }) };
    };
    const url = new URL(await portsOnWire({}, { fetch }).ports.signIn.consoleUrl(credentials));
    expect(JSON.parse(asked[0]?.searchParams.get('Session') ?? '')).toEqual({
      sessionId: 'ASIAEXAMPLE',
      sessionKey: 'hunter2',
      sessionToken: 'a-token',
    });
    expect(Object.fromEntries(asked[0]?.searchParams ?? [])).toMatchObject({ Action: 'getSigninToken' });
    expect(url.origin + url.pathname).toBe('https://signin.example.com/federation');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      Action: 'login',
      Issuer: 'https://console.redhat.com',
      Destination: 'https://console.aws.amazon.com/',
      SigninToken: 'a+b/c',
    });
  });

  it('gives the federated user all that the key is allowed', async () => {
    const { aws, ports } = portsOnWire();
    await ports.signIn.federate({ id: 'AKIAEXAMPLE', secret: 'example' }, 'RedHatSRE', 3_600);
    const { Policy = '', ...input } = aws.calls.at(-1)?.input ?? {};
    expect(input).toMatchObject({ Name: 'RedHatSRE', DurationSeconds: '3600' });
    expect(JSON.parse(Policy).Statement).toEqual([{ Effect: 'Allow', Action: '*', Resource: '*' }]);
  });

  it.each<[string, Fetch, string]>([
    ['refuses', async () => ({ ok: false, status: 400, json: async () => ({}) }), 'Http400'],
    [
      'does not answer',
      async (url) => {
        throw new Error(`connect ECONNREFUSED ${url}`);
      },
      'NoAnswer',
    ],
    [
      'answers something else',
      async () => ({
        ok: true,
        status: 200,
        json: async () => {
          throw new SyntaxError('Unexpected token <');
        },
      }),
      'NoSigninToken',
    ],
    ['answers nothing', async () => ({ ok: true, status: 200, json: async () => null }), 'NoSigninToken'],
  ])('is an error when the endpoint %s, in which there are no credentials', async (_, fetch, code) => {
    const opening = portsOnWire({}, { fetch }).ports.signIn.consoleUrl(credentials);
    const error = await opening.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'AwsCallError', action: 'signin:getSigninToken', code });
    expect(String((error as Error).stack)).not.toMatch(/hunter2|a-token/);
  });
});

describe('the identity of a key', () => {
  it('is not known until the key works', async () => {
    const { signIn } = refusing(new Refusal('InvalidClientTokenId', 403), 'sts:GetCallerIdentity');
    const asking = signIn.identity({ id: 'AKIAEXAMPLE', secret: 'example' });
    await expect(asking).rejects.toMatchObject({ failure: 'unauthenticated' });
  });
});
