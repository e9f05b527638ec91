import { describe, expect, it } from '@jest/globals';
import {
  type AwsFailureReport,
  ServerlessError,
} from '../../../../shared/customer-stack/serverless-command.ts';
import { awsFailureOf } from '../../../../shared/customer-stack/serverless-failure.ts';

const failureOf = (output: string, told?: AwsFailureReport) =>
  awsFailureOf(new ServerlessError(['deploy'], 1, output, told));

const error = (text: string) => `Deploying "rosa-lambda-access"\n\nError:\n${text}\n`;
const user = 'User: arn:aws:iam::123456789012:user/me';

describe('what the framework printed', () => {
  it.each([
    [
      'cloudformation:CreateChangeSet',
      `${user} is not authorized to perform: cloudformation:CreateChangeSet on resource: arn:aws:cloudformation:us-east-1:123456789012:stack/s/* because no identity-based policy allows the cloudformation:CreateChangeSet action`,
    ],
    [
      'iam:CreateRole',
      `CREATE_FAILED: Role (AWS::IAM::Role)\nResource handler returned message: "${user} is not authorized to perform: iam:CreateRole on resource: r (Service: Iam, Status Code: 403)" (HandlerErrorCode: AccessDenied)`,
    ],
    [
      'iam:PassRole',
      `CREATE_FAILED: F\n${user} is not authorized to perform: iam:PassRole on resource: r\nCREATE_FAILED: G\n${user} is not authorized to perform: lambda:CreateFunction on resource: f`,
    ],
  ])('says that %s was denied', (action, text) => {
    expect(failureOf(error(text))).toEqual({ failure: 'denied', action });
  });

  it.each(['Access Denied', 'AccessDenied: no', 'You are not authorized to perform this operation.'])(
    'says that something was denied: %s',
    (text) => {
      expect(failureOf(error(text))).toEqual({ failure: 'denied' });
    },
  );

  it.each([
    'The security token included in the request is expired',
    'The security token included in the request is invalid.',
    'ExpiredToken: no',
    'The provided token has expired.',
    'AWS provider credentials not found. Learn how to set up AWS provider credentials',
  ])('says that the credentials are not accepted: %s', (text) => {
    expect(failureOf(error(text))).toEqual({ failure: 'unauthenticated' });
  });

  it.each([
    ['another failure', error('UPDATE_ROLLBACK_COMPLETE: no such key')],
    ['a refusal that came before the failure and did not matter', `Access Denied\n${error('no such key')}`],
    ['nothing', ''],
  ])('says neither for %s', (_what, output) => {
    expect(failureOf(output)).toBeUndefined();
  });

  it('is read as a whole when nothing is marked as the error', () => {
    expect(failureOf('Access Denied')).toEqual({ failure: 'denied' });
  });
});

describe('what the plugin told', () => {
  const told = (code: string): AwsFailureReport => ({ action: 'logs:CreateLogGroup', code, said: 'no' });

  it.each([
    ['denied', 'AccessDeniedException'],
    ['unauthenticated', 'ExpiredTokenException'],
  ])('is %s for %s, whatever is printed', (failure, code) => {
    const action = 'logs:CreateLogGroup';
    expect(failureOf(error('something'), told(code))).toEqual({ failure, action });
  });

  it('is neither for another code, whatever is printed', () => {
    expect(failureOf(error('Access Denied'), told('ThrottlingException'))).toBeUndefined();
  });
});
