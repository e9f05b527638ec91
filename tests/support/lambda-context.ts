import type { Context } from 'aws-lambda';

/** The context of an invocation, as Lambda gives it, with plenty of time left. */
export const lambdaContext = (overrides: Partial<Context> = {}): Context => ({
  callbackWaitsForEmptyEventLoop: true,
  functionName: 'rosa-example',
  functionVersion: '7',
  invokedFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:rosa-example:prod',
  memoryLimitInMB: '128',
  awsRequestId: 'c0ffee00-0000-4000-8000-000000000000',
  logGroupName: '/aws/lambda/rosa-example',
  logStreamName: '2026/11/21/[7]0123456789abcdef',
  getRemainingTimeInMillis: () => 60_000,
  done: () => {},
  fail: () => {},
  succeed: () => {},
  ...overrides,
});
