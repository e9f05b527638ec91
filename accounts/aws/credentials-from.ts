import type { Credentials } from '@aws-sdk/client-sts';
import type { TemporaryCredentials } from '../../shared/aws/clients.ts';
import { told } from '../../shared/checks/listing.ts';

/** Credentials as clients take them. @throws Undetermined when a part of them is absent */
export function credentialsFrom(
  action: string,
  credentials: Credentials = {} as Credentials,
): TemporaryCredentials {
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = told(
    action,
    credentials,
    'AccessKeyId',
    'SecretAccessKey',
    'SessionToken',
    'Expiration',
  );
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    expiration: Expiration,
  };
}
