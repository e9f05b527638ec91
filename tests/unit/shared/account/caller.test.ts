import { STSClient } from '@aws-sdk/client-sts';
import { describe, expect, it } from '@jest/globals';
import { whoAmI } from '../../../../shared/account/caller.ts';
import { answerCalls } from '../../../support/fakes/aws-client.ts';
import { sdkError } from '../../../support/fakes/aws-errors.ts';

const ask = (answer: () => object) => whoAmI(answerCalls(new STSClient({ region: 'us-east-1' }), answer));

describe('whose credentials are in use', () => {
  it.each([
    ['arn:aws:iam::123456789012:user/admin', 'aws'],
    ['arn:aws-us-gov:sts::123456789012:assumed-role/admin/me', 'aws-us-gov'],
    ['arn:aws-cn:iam::123456789012:root', 'aws-cn'],
  ])('is told by AWS: %s', async (Arn, partition) => {
    expect(await ask(() => ({ Account: '123456789012', Arn }))).toEqual({
      account: '123456789012',
      arn: Arn,
      partition,
    });
  });

  it.each(['ExpiredToken', 'InvalidClientTokenId', 'SignatureDoesNotMatch'])(
    'is nobody for AWS when it answers %s',
    async (code) => {
      const refused = ask(() => {
        throw sdkError(code);
      });
      await expect(refused).rejects.toMatchObject({
        action: 'sts:GetCallerIdentity',
        code,
        failure: 'unauthenticated',
      });
    },
  );
});
