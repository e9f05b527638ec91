import { AssumeRoleCommand, type STSClient } from '@aws-sdk/client-sts';
import { awsCall } from '../../../shared/aws/aws-call-error.ts';
import type { TemporaryCredentials } from '../../../shared/aws/clients.ts';
import type { CustomerAwsSource } from '../customer-aws.ts';

/** As long as a role may be assumed by another role: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining */
const sessionSeconds = 3_600;

/**
 * Assumes customers' roles, with the external ids that the platform gave them.
 * @param clientOf a client with these credentials, or with the platform's own
 */
export const awsAssumeRole =
  (clientOf: (credentials?: TemporaryCredentials) => STSClient): CustomerAwsSource['assumeRole'] =>
  async ({ roleArn, externalId, sessionName }, abortSignal, credentials) => {
    const sts = clientOf(credentials);
    const command = new AssumeRoleCommand({
      RoleArn: roleArn,
      RoleSessionName: sessionName,
      ExternalId: externalId,
      DurationSeconds: sessionSeconds,
    });
    const { Credentials } = await awsCall('sts:AssumeRole', () => sts.send(command, { abortSignal }));
    const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = Credentials ?? {};
    return {
      accessKeyId: AccessKeyId ?? '',
      secretAccessKey: SecretAccessKey ?? '',
      sessionToken: SessionToken ?? '',
      expiration: Expiration ?? new Date(0),
    };
  };
