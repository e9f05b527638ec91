import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Validator } from '../../../../schemas/validator.ts';
import { AwsCallError } from '../../../../shared/aws/aws-call-error.ts';
import { operation } from '../../../../shared/operation/operation.ts';
import { OperationError } from '../../../../shared/operation-error.ts';
import { captureOutput } from '../../../support/captured-output.ts';
import { lambdaContext } from '../../../support/lambda-context.ts';

interface Greeting {
  whom: string;
  dry_run?: boolean;
}

/** Stands for a compiled validator: accepts objects with a string field `whom`. */
const isGreeting: Validator<Greeting> = Object.assign(
  (value: unknown): value is Greeting => {
    const valid = typeof (value as Greeting | null)?.whom === 'string';
    const missing = { instancePath: '', keyword: 'required', params: { missingProperty: 'whom' } };
    isGreeting.errors = valid ? null : [missing];
    return valid;
  },
  { errors: null },
);

const isAnswer: Validator<{ greeting: string }> = Object.assign(
  (value: unknown): value is { greeting: string } => {
    const valid = typeof (value as { greeting?: unknown } | null)?.greeting === 'string';
    isAnswer.errors = valid ? null : [{ instancePath: '/greeting', keyword: 'type', params: {} }];
    return valid;
  },
  { errors: null },
);

const greeter = (run: (request: Greeting) => Promise<{ greeting: string }>) =>
  operation({
    name: 'greeter',
    environment: { ROSA_VERSION: '1.2.3', ROSA_TRACING: false },
    request: isGreeting,
    result: isAnswer,
    dependencies: () => ({}),
    run: (_dependencies, request) => run(request),
    measure: () => ({ greetings: 1 }),
  });

const hello = async ({ whom }: Greeting) => ({ greeting: `hello ${whom}` });

let output: ReturnType<typeof captureOutput>;
beforeEach(() => {
  output = captureOutput();
});
afterEach(() => output.restore());

const audit = () => output.records().filter(({ message }) => String(message).startsWith('operation '));
const metric = (name: string) => output.records().filter((record) => record[name] !== undefined);

describe('an operation that succeeds', () => {
  it('answers with the result of its work, and with the release that did it', async () => {
    const handler = await greeter(hello);
    await expect(handler({ whom: 'world' }, lambdaContext())).resolves.toEqual({
      greeting: 'hello world',
      rosa_version: '1.2.3',
    });
  });

  it('writes one "operation completed" record with every field of the audit', async () => {
    const handler = await greeter(hello);
    await handler({ whom: 'world' }, lambdaContext());
    expect(audit()).toEqual([
      expect.objectContaining({
        message: 'operation completed',
        level: 'INFO',
        timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        request_id: 'c0ffee00-0000-4000-8000-000000000000',
        function_version: '7',
        operation: 'greeter',
        rosa_version: '1.2.3',
        input_parameters: { whom: 'world' },
        result: { greeting: 'hello world', rosa_version: '1.2.3' },
        duration: expect.any(Number),
        errors: [],
      }),
    ]);
  });

  it('counts what it measured, and a dry run only as such', async () => {
    const handler = await greeter(hello);
    await handler({ whom: 'world' }, lambdaContext());
    await handler({ whom: 'world', dry_run: true }, lambdaContext());
    expect(metric('greetings')).toHaveLength(1);
    expect(metric('dry_runs')).toHaveLength(1);
  });
});

describe('an operation that fails', () => {
  const failing = async (error: Error) => {
    const handler = await greeter(async () => {
      throw error;
    });
    return handler({ whom: 'world' }, lambdaContext()).then(
      () => {
        throw new Error('the operation should have failed');
      },
      (thrown: Error) => thrown,
    );
  };
  const awsError = (name: string) =>
    new AwsCallError('iam:GetRole', Object.assign(new Error('no'), { name, $metadata: {} }));

  it.each([
    ['AccessDeniedException', 'AccessDeniedError'],
    ['UnauthorizedOperation', 'AccessDeniedError'],
    ['ThrottlingException', 'ThrottledError'],
    ['LimitExceededException', 'ConflictError'],
    ['InvalidInputException', 'InvalidRequestError'],
    ['ConcurrentModificationException', 'DependencyError'],
    ['OpenIdIdpCommunicationErrorException', 'DependencyError'],
    ['ServiceFailureException', 'DependencyError'],
  ])('names what AWS calls %s an %s', async (code, name) => {
    const error = await failing(awsError(code));
    expect(error).toMatchObject({ name, message: expect.stringContaining('iam:GetRole') });
  });

  it('keeps a name the work has chosen', async () => {
    const chosen = new OperationError('ConflictError', 'it is taken');
    expect(await failing(chosen)).toBe(chosen);
  });

  it('hides an unexpected fault behind InternalError and logs its cause', async () => {
    const error = await failing(new TypeError('x is not a function'));
    expect(error).toMatchObject({ name: 'InternalError', message: expect.not.stringContaining('x is not') });
    expect(audit()[0]?.errors).toContainEqual({ name: 'TypeError', message: 'x is not a function' });
  });

  it('writes one "operation failed" record that matches the other', async () => {
    await failing(awsError('AccessDeniedException'));
    expect(audit()).toEqual([
      expect.objectContaining({
        message: 'operation failed',
        level: 'ERROR',
        operation: 'greeter',
        input_parameters: { whom: 'world' },
        result: { errorType: 'AccessDeniedError', errorMessage: expect.any(String) },
        duration: expect.any(Number),
        errors: expect.arrayContaining([expect.objectContaining({ name: 'AccessDeniedException' })]),
      }),
    ]);
    expect(metric('operation_failures')).toHaveLength(1);
  });

  it('refuses to answer with a result that breaks its own schema', async () => {
    const handler = await greeter(async () => ({ greeting: 5 }) as never);
    await expect(handler({ whom: 'world' }, lambdaContext())).rejects.toMatchObject({
      name: 'InternalError',
    });
  });
});

describe('a request that is refused', () => {
  const refused = async (event: unknown) => {
    let calls = 0;
    const handler = await greeter(async (request) => {
      calls += 1;
      return hello(request);
    });
    const error = await handler(event as Greeting, lambdaContext()).then(
      () => {
        throw new Error('the request should have been refused');
      },
      (thrown: Error) => thrown,
    );
    return { error, calls };
  };

  it.each([[null], [[]], ['text'], [42], [{}]])(
    'is an InvalidRequestError without any work: %j',
    async (event) => {
      const { error, calls } = await refused(event);
      expect(error.name).toBe('InvalidRequestError');
      expect(calls).toBe(0);
    },
  );

  it('names the largest field of 6 MB', async () => {
    const { error, calls } = await refused({ whom: 'x'.repeat(6 * 1024 * 1024 - 100) });
    expect(error).toMatchObject({
      name: 'InvalidRequestError',
      message: expect.stringMatching(/whom \(62\d+ bytes\)/),
    });
    expect(error.message.length).toBeLessThan(500);
    expect(calls).toBe(0);
  });

  it('names the other offences of a large request too', async () => {
    const { error, calls } = await refused({ padding: Array(300_000).fill('x') });
    expect(error.message).toMatch(/padding \(\d+ bytes\).*whom is missing/);
    expect(calls).toBe(0);
  });

  it('is not logged, since what does not belong in it may be a secret', async () => {
    await refused({ password: 'hunter2' });
    expect(audit()[0]).toMatchObject({ message: 'operation failed', input_parameters: { refused: true } });
    expect(output.text()).not.toContain('hunter2');
  });
});
