import type { TemporaryCredentials } from '../../shared/aws/clients.ts';

/** A user's access key. */
export interface AccessKey {
  id: string;
  secret: string;
}

/** Whom AWS takes the owner of an access key for. */
interface Identity {
  accountId: string;
  arn: string;
}

/** What becomes of a user's access key: the proof that it works, and the way into the console. */
export interface SignIn {
  /** @throws AwsCallError as `unauthenticated` when it does not work, or not yet */
  identity(key: AccessKey): Promise<Identity>;
  /**
   * Credentials of a federated user with all the rights that the key's user has.
   * @param name of the federated user: 2 to 32 characters
   * @param seconds 900 to 129,600
   * @throws AwsCallError as `unauthenticated` or `denied` when the key does not work or its user may not do it, or not yet
   */
  federate(key: AccessKey, name: string, seconds: number): Promise<TemporaryCredentials>;
  /**
   * A URL that opens the console for whoever has it, for the 15 minutes in which AWS takes it.
   * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_enable-console-custom-url.html
   * @throws AwsCallError
   */
  consoleUrl(credentials: TemporaryCredentials): Promise<string>;
}
