import { AwsCallError } from '../../shared/aws/aws-call-error.ts';
import type { MemberAccount } from '../aws/member-accounts.ts';
import { accountSecretName, secretKeys } from '../aws/secrets.ts';
import type { AccessKey } from '../aws/sign-in.ts';
import type { AccountStatus } from '../resources/account.ts';
import type { UserRole } from './names.ts';
import { putSecret } from './put-secret.ts';
import { type Turn, timeIn } from './turn.ts';

/** Something that was done is not seen yet. */
const notSeenYet = (action: string, message: string): AwsCallError =>
  new AwsCallError(action, Object.assign(new Error(message), { name: 'NotSeenYet' }));

/** The key in a user's secret. @throws AwsCallError while it is not seen */
async function keyIn({ aws, account }: Turn, role: UserRole): Promise<AccessKey> {
  const name = accountSecretName(account.metadata, role);
  const { [secretKeys.accessKeyId]: id, [secretKeys.secretAccessKey]: secret } =
    (await aws.secrets.get(name)) ?? {};
  if (!id || !secret || id !== account.status?.accessKeys?.[role]?.id) {
    throw notSeenYet('secretsmanager:GetSecretValue', `the key is not seen in the secret ${name} yet`);
  }
  return { id, secret };
}

/** Lets AWS say that the key of the one who makes clusters works. @throws AwsCallError while it does not */
export async function proveAdminKey(turn: Turn): Promise<void> {
  await turn.aws.signIn.identity(await keyIn(turn, 'admin'));
}

async function put(turn: Turn, secret: 'cli' | 'console', values: Record<string, string>): Promise<void> {
  const name = accountSecretName(turn.account.metadata, secret);
  if (await putSecret(turn.aws.secrets, name, values)) return;
  throw notSeenYet('secretsmanager:PutSecretValue', `the secret ${name} was not written`);
}

/**
 * Puts the temporary credentials of this session in their secret, in place of those before.
 * @returns when they end; nothing where an account is entered without a session
 */
export async function makeCliCredentials(
  turn: Turn,
  { credentials }: Pick<MemberAccount, 'credentials'>,
): Promise<Pick<AccountStatus, 'cliCredentialsExpireAt'>> {
  if (!credentials) return {};
  await put(turn, 'cli', {
    [secretKeys.accessKeyId]: credentials.accessKeyId,
    [secretKeys.secretAccessKey]: credentials.secretAccessKey,
    [secretKeys.sessionToken]: credentials.sessionToken,
  });
  return { cliCredentialsExpireAt: credentials.expiration.toISOString() };
}

/** Of the federated user's session, as upstream had it. */
const consoleSessionSeconds = 3_600;

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_enable-console-custom-url.html */
const urlSeconds = 900;

/** Puts a URL that opens the console in its secret, in place of the one before. @returns until when it does */
export async function makeConsoleUrl(turn: Turn): Promise<Pick<AccountStatus, 'consoleURLExpiresAt'>> {
  const { signIn } = turn.aws;
  const key = await keyIn(turn, 'sre');
  const session = await signIn.federate(key, turn.settings.iamUserNameSRE, consoleSessionSeconds);
  const consoleURLExpiresAt = timeIn(turn, urlSeconds);
  await put(turn, 'console', { [secretKeys.consoleUrl]: await signIn.consoleUrl(session) });
  return { consoleURLExpiresAt };
}
