import type { ResourceKey } from '../../shared/resources/resource.ts';

/** What a secret holds, by key. */
export type SecretValues = Record<string, string>;

/**
 * Secrets by name. All are eventually consistent: one that was just made may not be found, and one that was deleted may
 * still be. Every call rejects with AwsCallError when AWS refuses it.
 */
export interface Secrets {
  get(name: string): Promise<SecretValues | undefined>;
  /**
   * `deleting`: one of that name was deleted a moment ago and is not gone yet; try again in some seconds.
   */
  create(name: string, values: SecretValues): Promise<'created' | 'exists' | 'deleting'>;
  /** Puts new values in place of the old ones: whoever reads sees the one or the other. */
  replace(name: string, values: SecretValues): Promise<'replaced' | 'not there'>;
  /**
   * Deletes it at once and for good: what it holds is dead by then, and a name that waits for the end of a recovery window
   * could not be used again. It may be gone already.
   */
  delete(name: string): Promise<void>;
  /** Names that begin so. It may not show what happened in the last five minutes. */
  names(prefix: string): Promise<string[]>;
}

/** The secrets of an account, by what is in them; their names are the account's and these. */
const suffixes = {
  /** Of osdManagedAdmin, whom clusters are made with. */
  admin: 'secret',
  /** Of osdManagedAdminSRE, who opens the console. */
  sre: 'osdmanagedadminsre-secret',
  cli: 'sre-cli-credentials',
  console: 'sre-console-url',
} as const;

export type AccountSecret = keyof typeof suffixes;

/** The keys in them. */
export const secretKeys = {
  userName: 'aws_user_name',
  accessKeyId: 'aws_access_key_id',
  secretAccessKey: 'aws_secret_access_key',
  sessionToken: 'aws_session_token',
  consoleUrl: 'aws_console_login_url',
} as const;

/** The name of a secret that belongs to a namespace. */
export const secretName = (namespace: string, name: string): string => `${namespace}/${name}`;

/** The name of one of an account's secrets: `aws-account-operator/osd-creds-mgmt-a1b2c3-secret`. */
export const accountSecretName = (
  { namespace, name }: Pick<ResourceKey, 'namespace' | 'name'>,
  secret: AccountSecret,
): string => secretName(namespace, `${name}-${suffixes[secret]}`.toLowerCase());
