import { GetCallerIdentityCommand, type STSClient } from '@aws-sdk/client-sts';
import { awsCall } from '../aws/aws-call-error.ts';

/** Whose credentials are in use. */
export interface Caller {
  /** 12 digits. */
  account: string;
  arn: string;
  /** `aws`, `aws-us-gov` or `aws-cn`. */
  partition: string;
}

/** Asks AWS whose credentials these are; needs no permission. @throws AwsCallError when AWS does not take them */
export async function whoAmI(sts: STSClient): Promise<Caller> {
  const { Account = '', Arn = '' } = await awsCall('sts:GetCallerIdentity', () =>
    sts.send(new GetCallerIdentityCommand({})),
  );
  return { account: Account, arn: Arn, partition: Arn.split(':')[1] ?? 'aws' };
}
