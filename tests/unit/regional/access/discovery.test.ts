import { describe, expect, it } from '@jest/globals';
import {
  accountId,
  arnOf,
  fakeDirectoryCache,
  fakePlatform,
  invoked,
  oidcArn,
  registeredAccount,
  roleAccount,
  taggedFunctions,
} from '../../../support/fakes/access.ts';
import { awsError } from '../../../support/fakes/aws-errors.ts';

const denied = (action: string) => awsError(action, 'AccessDeniedException');
const notFound = () => awsError('lambda:InvokeFunction', 'ResourceNotFoundException');

/** An account that lets the platform assume a role and has not said which its functions are. */
const unregistered = () => roleAccount({ lambda_functions: undefined, access_mode: 'lambda' });
const registered = () => roleAccount({ access_mode: 'lambda' });

const looks = ({ calls }: { calls: { name: string }[] }) =>
  calls.map(({ name }) => name).filter((name) => name === 'tagged' || name === 'listed');

const invokedArns = ({ calls }: ReturnType<typeof fakePlatform>['aws']) =>
  calls.flatMap(({ name, args }) =>
    name === 'invoke' ? (args[0] as { functionArn: string }).functionArn : [],
  );

describe('the functions of an account', () => {
  it('are those that were registered, without a look at AWS', async () => {
    const { aws, provide } = fakePlatform();
    const answer = await provide();
    expect(answer).toMatchObject({ outcome: 'answered', trace: { functionArn: oidcArn } });
    expect(aws.calls.map(({ name }) => name)).toEqual(['invoke']);
  });

  it('are found by their tags, whatever they are called, when none were registered', async () => {
    const { aws, provide } = fakePlatform();
    const answer = await provide(unregistered());
    expect(answer).toMatchObject({
      outcome: 'answered',
      trace: { functionArn: arnOf('mine-oidc-provisioner:prod') },
    });
    expect(looks(aws)).toEqual(['tagged']);
  });

  it('are looked at one by one when the index of tags lacks one', async () => {
    const { aws, provide } = fakePlatform({ tagged: async () => taggedFunctions().slice(1) });
    expect(await provide(unregistered())).toMatchObject({ outcome: 'answered' });
    expect(looks(aws)).toEqual(['tagged', 'listed']);
  });

  it('are looked at one by one when the role may not ask for the index of tags', async () => {
    const { aws, provide } = fakePlatform();
    aws.fail('tagged', denied('tag:GetResources'));
    expect(await provide(unregistered())).toMatchObject({ outcome: 'answered' });
    expect(looks(aws)).toEqual(['tagged', 'listed']);
  });

  it('must be registered when the role may do neither, which is said', async () => {
    const { aws, provide } = fakePlatform();
    aws.fail('tagged', denied('tag:GetResources'));
    aws.fail('listed', denied('lambda:ListFunctions'));
    expect(await provide(unregistered())).toMatchObject({
      outcome: 'failed',
      failure: { kind: 'denied', message: expect.stringContaining('Register their ARNs') },
    });
  });

  it('are of no use when they carry the tag for something else', async () => {
    const others = [{ arn: arnOf('theirs'), component: 'billing' }];
    const { provide } = fakePlatform({ tagged: async () => [...others, ...taggedFunctions()] });
    expect(await provide(unregistered())).toMatchObject({ outcome: 'answered' });
  });

  it('may not be found for a while: a look that fails is taken again', async () => {
    const { aws, provide, clock } = fakePlatform();
    aws.fail('tagged', awsError('tag:GetResources', 'ThrottledException'), 2);
    expect(await provide(unregistered())).toMatchObject({ outcome: 'answered', trace: { attempts: 3 } });
    expect(clock.slept).toEqual([1_000, 2_000]);
  });
});

describe('a function is refused', () => {
  it.each([
    [
      'another account',
      arnOf('rosa-oidc-provisioner:prod', 'us-east-1:999999999999'),
      'its account is 999999999999',
    ],
    [
      'another region',
      arnOf('rosa-oidc-provisioner:prod', 'eu-west-1:123456789012'),
      'its region is eu-west-1',
    ],
    [
      'another partition',
      'arn:aws-cn:lambda:us-east-1:123456789012:function:rosa-oidc-provisioner:prod',
      'its partition is aws-cn',
    ],
    ['something else', 'arn:aws:s3:::rosa-oidc-provisioner', 'not the ARN of a function'],
  ])('that was registered and is of %s', async (_, arn, why) => {
    const { aws, provide } = fakePlatform();
    const lambda_functions = {
      ...registeredAccount().spec.registration.lambda_functions,
      oidc_provisioner: arn,
    } as never;
    expect(await provide(registeredAccount({ lambda_functions, access_mode: 'lambda' }))).toMatchObject({
      outcome: 'failed',
      failure: { kind: 'foreign-function', message: expect.stringContaining(why), mayPass: false },
    });
    expect(aws.calls).toEqual([]);
  });

  it('that is tagged and of another account', async () => {
    const foreign = { component: 'oidc-provisioner', arn: arnOf('theirs', 'us-east-1:999999999999') };
    const { aws, provide } = fakePlatform({ tagged: async () => [...taggedFunctions().slice(1), foreign] });
    expect(await provide(unregistered())).toMatchObject({
      failure: { kind: 'foreign-function', message: expect.stringContaining(foreign.arn) },
    });
    expect(invokedArns(aws)).toEqual([]);
  });

  it('when two carry the same tag, and both are named', async () => {
    const second = { component: 'oidc-provisioner', arn: arnOf('second') };
    const { provide } = fakePlatform({ tagged: async () => [...taggedFunctions(), second] });
    const answer = await provide(unregistered());
    expect(answer).toMatchObject({ failure: { kind: 'foreign-function' } });
    const { message } = (answer as { failure: { message: string } }).failure;
    expect(message).toContain(second.arn);
    expect(message).toContain(arnOf('mine-oidc-provisioner'));
  });

  it('when one was registered for two operations', async () => {
    const lambda_functions = {
      oidc_provisioner: oidcArn,
      preflight_checker: oidcArn,
      network_verifier: arnOf('rosa-network-verifier:prod'),
    };
    const { provide } = fakePlatform();
    expect(await provide(registeredAccount({ lambda_functions, access_mode: 'lambda' }))).toMatchObject({
      failure: {
        kind: 'foreign-function',
        message: expect.stringContaining('is said to be the preflight-checker and the oidc-provisioner'),
      },
    });
  });
});

describe('a function that is missing', () => {
  const sentence = 'Lambda function rosa-oidc-provisioner not found; run `rosactl setup-account`';

  it('is told in the words of the design', async () => {
    const { aws, provide } = fakePlatform({ tagged: async () => [], listed: async () => [] });
    aws.fail('invoke', notFound());
    aws.fail('codeSha256', awsError('lambda:GetFunctionConfiguration', 'AccessDeniedException'));
    expect(await provide(registered())).toMatchObject({
      failure: { kind: 'not-found', message: sentence, mayPass: false },
    });
  });

  it('is told when there never was one', async () => {
    const { provide } = fakePlatform({ tagged: async () => [], listed: async () => [] });
    expect(await provide(unregistered())).toMatchObject({ failure: { message: sentence } });
  });

  it('is told from an alias that is missing', async () => {
    const { aws, provide } = fakePlatform();
    aws.fail('invoke', notFound());
    expect(await provide(unregistered())).toMatchObject({
      failure: {
        kind: 'not-found',
        message: expect.stringContaining(
          'Lambda function mine-oidc-provisioner has no alias prod; run `rosactl',
        ),
      },
    });
  });

  it('is found again by its tag when it has got another name', async () => {
    const { aws, provide } = fakePlatform();
    aws.fail('invoke', notFound());
    expect(await provide(registered())).toMatchObject({ outcome: 'answered' });
    expect(invokedArns(aws)).toEqual([oidcArn, arnOf('mine-oidc-provisioner:prod')]);
  });

  it('is still where it was registered when it has lost its tag', async () => {
    const { aws, provide } = fakePlatform({ tagged: async () => [], listed: async () => [] });
    aws.fail('invoke', notFound());
    expect(await provide(registered())).toMatchObject({
      failure: {
        message: expect.stringContaining('Lambda function rosa-oidc-provisioner has no alias prod'),
      },
    });
    expect(await provide(registered())).toMatchObject({
      outcome: 'answered',
      trace: { functionArn: oidcArn },
    });
  });

  it('is looked for once, and not invoked twice where it is not', async () => {
    const gone = async () => {
      throw notFound();
    };
    const { aws, provide } = fakePlatform({ invoke: gone });
    await provide(unregistered());
    expect([looks(aws), invokedArns(aws).length]).toEqual([['tagged'], 1]);
    await provide(unregistered());
    expect([looks(aws), invokedArns(aws).length]).toEqual([['tagged', 'tagged'], 2]);
  });

  it('looks the same as one that lets nobody in where the platform may only invoke, and that is said', async () => {
    const { aws, provide } = fakePlatform();
    aws.fail('invoke', denied('lambda:InvokeFunction'));
    expect(await provide(registeredAccount({ access_mode: 'lambda' }))).toMatchObject({
      failure: { kind: 'denied', message: expect.stringContaining('the function or its alias prod is gone') },
    });
    expect(looks(aws)).toEqual([]);
  });
});

describe('a directory', () => {
  it('costs no call for a day, of this process or another one', async () => {
    const cache = fakeDirectoryCache();
    const first = fakePlatform({}, { directoryCache: cache });
    await first.provide(unregistered());
    await first.provide(unregistered());
    const second = fakePlatform({}, { directoryCache: cache });
    await second.provide(unregistered());
    await second.provide(unregistered());
    expect(looks(first.aws)).toEqual(['tagged']);
    expect(looks(second.aws)).toEqual([]);
    expect(cache.calls.map(({ name }) => name)).toEqual(['get', 'put', 'get']);
  });

  it('costs nothing at all where the functions were registered and the platform may only invoke', async () => {
    const cache = fakeDirectoryCache();
    const { aws, provide } = fakePlatform({}, { directoryCache: cache });
    await provide();
    expect([looks(aws), cache.calls]).toEqual([[], []]);
  });

  it('is looked up again after 24 hours', async () => {
    const { aws, provide, clock } = fakePlatform();
    await provide(unregistered());
    await clock.sleep(24 * 3_600_000 - 1);
    await provide(unregistered());
    expect(looks(aws)).toEqual(['tagged']);
    await clock.sleep(1_001);
    await provide(unregistered());
    expect(looks(aws)).toEqual(['tagged', 'tagged']);
  });

  it('is looked up again when the registration has changed', async () => {
    const { aws, provide } = fakePlatform();
    await provide(unregistered());
    await provide(
      roleAccount({ lambda_functions: undefined, access_mode: 'lambda', oidc_sts_role_arn: undefined }),
    );
    expect(looks(aws)).toEqual(['tagged', 'tagged']);
  });

  it('expires by itself: the time is told in seconds', async () => {
    const cache = fakeDirectoryCache();
    const { provide, now } = fakePlatform({}, { directoryCache: cache });
    await provide(unregistered());
    const [, put] = cache.calls;
    expect(put).toMatchObject({
      args: [accountId, { expiresAt: now() / 1_000 + 86_400, registrationHash: expect.any(String) }],
    });
  });

  it.each(['get', 'put'] as const)(
    'that cannot be %s from the cache is looked up all the same',
    async (call) => {
      const cache = fakeDirectoryCache();
      cache.fail(call, awsError('dynamodb:GetItem', 'InternalServerError'));
      const { provide } = fakePlatform({}, { directoryCache: cache });
      expect(await provide(unregistered())).toMatchObject({ outcome: 'answered' });
    },
  );

  it('that AWS refuses as outdated is renewed for everybody', async () => {
    const cache = fakeDirectoryCache();
    await fakePlatform({}, { directoryCache: cache }).provide(unregistered());
    const renamed = taggedFunctions().map(({ component }) => ({ component, arn: arnOf(`new-${component}`) }));
    const invoke = async ({ functionArn }: { functionArn: string }) => {
      if (functionArn.includes('mine-')) throw notFound();
      return invoked();
    };
    const second = fakePlatform({ tagged: async () => renamed, invoke }, { directoryCache: cache });
    expect(await second.provide(unregistered())).toMatchObject({
      trace: { functionArn: arnOf('new-oidc-provisioner:prod') },
    });
    const third = fakePlatform({}, { directoryCache: cache });
    await third.provide(unregistered());
    expect(invokedArns(third.aws)).toEqual([arnOf('new-oidc-provisioner:prod')]);
  });
});

describe('where the functions are', () => {
  const within = { withinMs: 60_000 };

  it('is told without invoking one', async () => {
    const { access, aws } = fakePlatform();
    expect(await access.discover(registeredAccount(), within)).toEqual({
      outcome: 'found',
      functions: {
        'oidc-provisioner': oidcArn,
        'preflight-checker': arnOf('rosa-preflight-checker:prod'),
        'network-verifier': arnOf('rosa-network-verifier:prod'),
      },
    });
    expect(aws.calls).toEqual([]);
  });

  it('is told as far as it is known: one that was not found is left out', async () => {
    const some = async () => taggedFunctions().slice(0, 1);
    const { access } = fakePlatform({ tagged: some, listed: some });
    expect(await access.discover(unregistered(), within)).toEqual({
      outcome: 'found',
      functions: { 'oidc-provisioner': arnOf('mine-oidc-provisioner:prod') },
    });
  });

  it.each([
    ['refuses', awsError('tag:GetResources', 'InternalServiceException'), 'unreachable'],
    ['limits', awsError('tag:GetResources', 'ThrottledException'), 'throttled'],
  ])('is not known when AWS %s the look', async (_, error, kind) => {
    const { access, aws } = fakePlatform();
    aws.fail('tagged', error);
    expect(await access.discover(unregistered(), within)).toMatchObject({
      outcome: 'failed',
      failure: { kind, mayPass: true },
    });
  });
});
