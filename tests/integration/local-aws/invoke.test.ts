import {
  CreateAliasCommand,
  DeleteFunctionConcurrencyCommand,
  InvokeCommand,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  UpdateFunctionCodeCommand,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../../local-aws/local-aws.ts';
import {
  type Clients,
  clientsFor,
  createFunction,
  createRole,
  invoke,
  messagesIn,
  zipOf,
} from './support.ts';

let aws: LocalAws;
let clients: Clients;
let role: string;

beforeAll(async () => {
  aws = await startLocalAws();
  clients = clientsFor(aws);
  role = await createRole(clients, 'function-role', [{ Effect: 'Allow', Action: 'logs:*', Resource: '*' }]);
});
afterAll(() => aws.close());

describe('a function with a published, aliased version', () => {
  beforeAll(async () => {
    const code = (text: string) =>
      `export const handler = async (event, context) => ({ text: ${JSON.stringify(text)}, event, context, env: process.env, left: context.getRemainingTimeInMillis() });`;
    await createFunction(clients, { name: 'greeter', role, code: code('published') });
    await clients.lambda.send(new PublishVersionCommand({ FunctionName: 'greeter' }));
    await clients.lambda.send(
      new CreateAliasCommand({ FunctionName: 'greeter', Name: 'prod', FunctionVersion: '1' }),
    );
    await clients.lambda.send(
      new UpdateFunctionCodeCommand({ FunctionName: 'greeter', ZipFile: zipOf(code('newer')) }),
    );
  });

  it('runs the code of the version its alias points at', async () => {
    const output = await invoke(clients, 'greeter:prod', { a: 1 });
    expect(output.ExecutedVersion).toBe('1');
    expect(output.json).toMatchObject({ text: 'published', event: { a: 1 } });
  });

  it('does not run while its reserved concurrency is 0, and says so as Lambda does', async () => {
    const of = { FunctionName: 'greeter' };
    await clients.lambda.send(new PutFunctionConcurrencyCommand({ ...of, ReservedConcurrentExecutions: 0 }));
    await expect(invoke(clients, 'greeter:prod')).rejects.toMatchObject({
      name: 'TooManyRequestsException',
      Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
    });
    await clients.lambda.send(new DeleteFunctionConcurrencyCommand(of));
    expect((await invoke(clients, 'greeter:prod')).json).toMatchObject({ text: 'published' });
  });

  it('runs the newest code when no qualifier is given', async () => {
    const output = await invoke(clients, 'greeter');
    expect(output.ExecutedVersion).toBe('$LATEST');
    expect(output.json).toMatchObject({ text: 'newer' });
  });

  it('is told the ARN it was called by, the time left and its own names', async () => {
    const { json } = await invoke(clients, 'arn:aws:lambda:us-east-1:123456789012:function:greeter:prod');
    expect(json.context).toMatchObject({
      functionName: 'greeter',
      functionVersion: '1',
      invokedFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:greeter:prod',
      memoryLimitInMB: '128',
      logGroupName: '/aws/lambda/greeter',
    });
    expect(json.left).toBeGreaterThan(5000);
    expect(json.left).toBeLessThanOrEqual(10_000);
  });

  it('sees its own variables, its role and the laptop AWS, and nothing of the host', async () => {
    const { env } = (await invoke(clients, 'greeter:prod')).json as { env: Record<string, string> };
    expect(env).toMatchObject({
      COLOUR: 'green',
      AWS_ENDPOINT_URL: aws.url,
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      AWS_LAMBDA_FUNCTION_VERSION: '1',
      TZ: ':UTC',
    });
    expect(env.AWS_ACCESS_KEY_ID).not.toBe(aws.environment.AWS_ACCESS_KEY_ID);
    expect(env).not.toHaveProperty('HOME');
    expect(env).not.toHaveProperty('JEST_WORKER_ID');
  });

  it('is only checked, not run, by a dry run', async () => {
    const output = await clients.lambda.send(
      new InvokeCommand({ FunctionName: 'greeter', InvocationType: 'DryRun' }),
    );
    expect(output.StatusCode).toBe(204);
  });
});

describe('what goes wrong in a function', () => {
  it('answers a thrown error by name, message and trace', async () => {
    await createFunction(clients, {
      name: 'thrower',
      role,
      code: 'export const handler = async () => { throw Object.assign(new Error("no luck"), { name: "ConflictError" }); };',
    });
    const output = await invoke(clients, 'thrower');
    expect(output.StatusCode).toBe(200);
    expect(output.FunctionError).toBe('Unhandled');
    expect(output.json).toMatchObject({
      errorType: 'ConflictError',
      errorMessage: 'no luck',
      trace: expect.any(Array),
    });
  });

  it('ends a function that takes too long, even one that never yields', async () => {
    await createFunction(clients, {
      name: 'sleeper',
      role,
      timeout: 1,
      code: 'export const handler = async () => { console.log("so far"); for (;;); };',
    });
    const output = await invoke(clients, 'sleeper');
    expect(output.FunctionError).toBe('Unhandled');
    expect(output.json.errorType).toBe('Sandbox.Timedout');
    expect(output.json.errorMessage).toMatch(/^RequestId: \S+ Error: Task timed out after 1\.00 seconds$/);
    expect((await messagesIn(clients, '/aws/lambda/sleeper')).join('')).toMatch(
      /so far.*Task timed out.*Status: timeout/s,
    );
  });

  it('reports a process that ends itself', async () => {
    await createFunction(clients, {
      name: 'quitter',
      role,
      code: 'export const handler = () => process.exit(1);',
    });
    const { json } = await invoke(clients, 'quitter');
    expect(json.errorType).toBe('Runtime.ExitError');
    expect(json.errorMessage).toMatch(/Error: Runtime exited with error: exit status 1$/);
  });

  it.each([
    [
      'import "nothing-of-this-name"; export const handler = () => 1;',
      'index.handler',
      'Runtime.ImportModuleError',
    ],
    ['export const handler = ;', 'index.handler', 'Runtime.UserCodeSyntaxError'],
    ['export const other = 1;', 'index.handler', 'Runtime.HandlerNotFound'],
    [
      'export const handler = (e, c, callback) => callback();',
      'index.handler',
      'Runtime.CallbackHandlerDeprecated',
    ],
    ['throw new TypeError("at start");', 'index.handler', 'TypeError'],
    ['export const handler = () => 1;', 'missing.handler', 'Runtime.ImportModuleError'],
  ])('names what keeps %j (%s) from starting: %s', async (code, handler, expected) => {
    const name = `broken-${expected}-${handler}`.replaceAll('.', '-');
    await createFunction(clients, { name, role, code, handler });
    const output = await invoke(clients, name);
    expect(output.FunctionError).toBe('Unhandled');
    expect(output.json.errorType).toBe(expected);
  });

  it('starts afresh after a crash', async () => {
    await createFunction(clients, {
      name: 'phoenix',
      role,
      code: 'export const handler = (event) => event.crash ? Promise.reject(1) && process.exit(3) : "fine";',
    });
    await invoke(clients, 'phoenix', { crash: true });
    expect((await invoke(clients, 'phoenix')).json).toBe('fine');
  });
});

describe('what Lambda refuses', () => {
  it.each([
    [
      'no-such-function',
      'Function not found: arn:aws:lambda:us-east-1:123456789012:function:no-such-function',
    ],
    ['greeter:nope', 'Function not found: arn:aws:lambda:us-east-1:123456789012:function:greeter:nope'],
  ])('knows nothing of %s', async (name, message) => {
    await expect(invoke(clients, name)).rejects.toMatchObject({ name: 'ResourceNotFoundException', message });
  });

  it('refuses a payload that is not JSON', async () => {
    const sent = clients.lambda.send(
      new InvokeCommand({ FunctionName: 'greeter', Payload: Buffer.from('{oops') }),
    );
    await expect(sent).rejects.toMatchObject({ name: 'InvalidRequestContentException' });
  });

  it('refuses a payload over 6 MB', async () => {
    const payload = Buffer.from(JSON.stringify('x'.repeat(6_291_456)));
    const sent = clients.lambda.send(new InvokeCommand({ FunctionName: 'greeter', Payload: payload }));
    await expect(sent).rejects.toMatchObject({
      name: 'RequestTooLargeException',
      $metadata: { httpStatusCode: 413 },
    });
  });

  it('refuses a role that does not trust it', async () => {
    const untrusting = await createRole(clients, 'untrusting', [], { Service: 'ec2.amazonaws.com' });
    await createFunction(clients, {
      name: 'orphan',
      role: untrusting,
      code: 'export const handler = () => 1;',
    });
    await expect(invoke(clients, 'orphan')).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: 'The role defined for the function cannot be assumed by Lambda.',
    });
  });
});

describe('the log of a function', () => {
  it('has the printed lines between START and REPORT, complete when the answer comes', async () => {
    await createFunction(clients, {
      name: 'talker',
      role,
      code: 'console.log("loading"); export const handler = async () => { console.warn("two\\nlines"); process.stderr.write("raw\\n"); };',
    });
    const output = await invoke(clients, 'talker');
    expect(output.json).toBeNull();
    const messages = (await messagesIn(clients, '/aws/lambda/talker')).join('');
    expect(messages).toMatch(/\tINFO\tloading\n/);
    expect(messages).toMatch(/START RequestId: \S+ Version: \$LATEST\n/);
    expect(messages).toMatch(/\tWARN\ttwo\rlines\n/);
    expect(messages).toMatch(/raw\n/);
    expect(messages).toMatch(
      /REPORT RequestId: \S+\tDuration: [\d.]+ ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB\tMax Memory Used: \d+ MB\tInit Duration: [\d.]+ ms\t\n/,
    );
    expect(Buffer.from(output.LogResult ?? '', 'base64').toString()).toContain('REPORT RequestId');
  });
});

describe('concurrency', () => {
  it('gives invocations at the same time a sandbox each and reuses one that is idle', async () => {
    await createFunction(clients, {
      name: 'counter',
      role,
      code: 'let n = 0; export const handler = async () => { n += 1; await new Promise((r) => setTimeout(r, 300)); return { pid: process.pid, n }; };',
    });
    const together = await Promise.all([1, 2, 3, 4].map(() => invoke(clients, 'counter')));
    const pids = together.map(({ json }) => json.pid);
    const later = await invoke(clients, 'counter');
    expect(new Set(pids).size).toBe(4);
    expect(pids).toContain(later.json.pid);
    expect(later.json.n).toBe(2);
  });
});
