import { describe, expect, it } from '@jest/globals';
import {
  AwsCallError,
  type AwsFailure,
  awsCall,
  unlessMissing,
} from '../../../../shared/aws/aws-call-error.ts';
import { awsError, sdkError } from '../../../support/fakes/aws-errors.ts';

const codes: Record<AwsFailure, string[]> = {
  denied: [
    'AccessDenied',
    'AccessDeniedException',
    'AccessDeniedFault',
    'EC2AccessDeniedException',
    'KMSAccessDeniedException',
    'UnauthorizedOperation',
    'UnauthorizedException',
    'SubscriptionRequiredException',
  ],
  unauthenticated: [
    'AuthFailure',
    'ExpiredTokenException',
    'InvalidAccessKeyId',
    'InvalidClientTokenId',
    'InvalidSignatureException',
    'InvalidToken',
    'MissingAuthenticationToken',
    'MissingAuthenticationTokenException',
    'OptInRequired',
    'RequestExpired',
    'SignatureDoesNotMatch',
    'UnrecognizedClientException',
  ],
  throttled: [
    'RequestLimitExceeded',
    'Throttling',
    'ThrottlingException',
    'ThrottledException',
    'RequestThrottled',
    'TooManyRequestsException',
    'EC2ThrottledException',
    'SlowDown',
  ],
  'not-found': [
    'InvalidVpcID.NotFound',
    'InvalidSubnetID.NotFound',
    'NoSuchEntity',
    'NoSuchEntityException',
    'NoSuchResourceException',
    'ResourceNotFoundException',
  ],
  exists: ['EntityAlreadyExists', 'EntityAlreadyExistsException'],
  'concurrent-change': ['ConcurrentModification', 'ConcurrentModificationException'],
  limit: ['LimitExceeded', 'LimitExceededException'],
  invalid: [
    'InvalidInputException',
    'InvalidParameterValue',
    'InvalidVpcID.Malformed',
    'IllegalArgumentException',
    'ValidationError',
    'ValidationException',
    'MalformedPolicyDocumentException',
  ],
  unavailable: [
    'ServiceFailureException',
    'ServiceException',
    'InternalError',
    'OpenIdIdpCommunicationErrorException',
    'TimeoutError',
    'Error',
  ],
};

describe('a failed AWS call', () => {
  describe.each(Object.entries(codes))('is %s', (failure, itsCodes) => {
    it.each(itsCodes)('for %s', (code) => {
      expect(awsError('ec2:DescribeVpcs', code).failure).toBe(failure);
    });
  });

  it('is throttled for HTTP status 429, whatever the code', () => {
    const error = Object.assign(sdkError('Something'), { $metadata: { httpStatusCode: 429 } });
    expect(new AwsCallError('iam:GetRole', error).failure).toBe('throttled');
  });

  it('names the action, the code and what AWS said, and keeps the cause', () => {
    const cause = sdkError('UnauthorizedOperation', 'You are not authorized');
    expect(new AwsCallError('ec2:DescribeVpcs', cause)).toMatchObject({
      name: 'AwsCallError',
      action: 'ec2:DescribeVpcs',
      code: 'UnauthorizedOperation',
      message: 'ec2:DescribeVpcs: You are not authorized',
      cause,
    });
  });
});

describe('making an AWS call', () => {
  it('gives its output', async () => {
    expect(await awsCall('iam:GetRole', async () => 'output')).toBe('output');
  });

  it('names its failure', async () => {
    const call = awsCall('iam:GetRole', () => Promise.reject(sdkError('AccessDenied')));
    await expect(call).rejects.toMatchObject({ action: 'iam:GetRole', failure: 'denied' });
  });

  it('names a failure thrown before the call was sent', async () => {
    const call = awsCall('iam:GetRole', () => {
      throw sdkError('CredentialsProviderError');
    });
    await expect(call).rejects.toMatchObject({ action: 'iam:GetRole', code: 'CredentialsProviderError' });
  });
});

describe('an output unless it is missing', () => {
  it('is the output', async () => {
    expect(await unlessMissing(Promise.resolve('output'))).toBe('output');
  });

  it('is undefined when AWS says it is not there', async () => {
    const call = Promise.reject(awsError('iam:GetRole', 'NoSuchEntityException'));
    expect(await unlessMissing(call)).toBeUndefined();
  });

  it.each([
    ['another failed call', awsError('iam:GetRole', 'AccessDenied')],
    ['what is no failed call', sdkError('NoSuchEntityException')],
  ])('fails with %s', async (_, error) => {
    await expect(unlessMissing(Promise.reject(error))).rejects.toBe(error);
  });
});
