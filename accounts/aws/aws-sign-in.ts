import { GetCallerIdentityCommand, GetFederationTokenCommand, type STSClient } from '@aws-sdk/client-sts';
import { AwsCallError, awsCall } from '../../shared/aws/aws-call-error.ts';
import type { TemporaryCredentials } from '../../shared/aws/clients.ts';
import { told } from '../../shared/checks/listing.ts';
import { credentialsFrom } from './credentials-from.ts';
import type { AccessKey, SignIn } from './sign-in.ts';

/** As much of the global `fetch` as is needed here. */
export type Fetch = (
  url: string,
  options: { signal: AbortSignal },
) => Promise<{ ok: boolean; status: number; json(): Promise<unknown> }>;

/** What the way into the console is made of. */
export interface SignInOptions {
  stsWith(key: AccessKey): STSClient;
  fetch: Fetch;
  /** `https://signin.aws.amazon.com/federation`, or what stands for it. */
  endpoint: string;
  /** Where the console sends people whose session has ended. */
  issuer: string;
  /** The page of the console that opens. */
  destination: string;
}

/** The session's own policy; what comes of it is no more than the user may do. */
const everything = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
});

const timeoutMs = 10_000;

const action = 'signin:getSigninToken';

const refused = (code: string, message: string) =>
  new AwsCallError(action, Object.assign(new Error(message), { name: code }));

function tokenIn(answer: unknown): string {
  const { SigninToken } = (answer ?? {}) as { SigninToken?: unknown };
  if (typeof SigninToken !== 'string' || !SigninToken)
    throw refused('NoSigninToken', 'the answer has no sign-in token');
  return SigninToken;
}

/** Nothing of the URL goes into an error: it has the credentials in it. */
async function signInToken(
  { fetch, endpoint }: SignInOptions,
  credentials: TemporaryCredentials,
): Promise<string> {
  const { accessKeyId: sessionId, secretAccessKey: sessionKey, sessionToken } = credentials;
  const session = JSON.stringify({ sessionId, sessionKey, sessionToken });
  const query = new URLSearchParams({ Action: 'getSigninToken', Session: session });
  const signal = AbortSignal.timeout(timeoutMs);
  const response = await fetch(`${endpoint}?${query}`, { signal }).catch(() => {
    throw refused('NoAnswer', 'the sign-in endpoint did not answer');
  });
  if (!response.ok)
    throw refused(`Http${response.status}`, `the sign-in endpoint answered ${response.status}`);
  return tokenIn(await response.json().catch(() => undefined));
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_enable-console-custom-url.html */
export const awsSignIn = (options: SignInOptions): SignIn => ({
  identity: async (key) => {
    const name = 'sts:GetCallerIdentity';
    const sts = options.stsWith(key);
    const output = await awsCall(name, () => sts.send(new GetCallerIdentityCommand({})));
    const { Account, Arn } = told(name, output, 'Account', 'Arn');
    return { accountId: Account, arn: Arn };
  },

  federate: async (key, name, seconds) => {
    const command = new GetFederationTokenCommand({
      Name: name,
      Policy: everything,
      DurationSeconds: seconds,
    });
    const sts = options.stsWith(key);
    const { Credentials } = await awsCall('sts:GetFederationToken', () => sts.send(command));
    return credentialsFrom('sts:GetFederationToken', Credentials);
  },

  consoleUrl: async (credentials) => {
    const { endpoint, issuer, destination } = options;
    const token = await signInToken(options, credentials);
    const query = new URLSearchParams({
      Action: 'login',
      Issuer: issuer,
      Destination: destination,
      SigninToken: token,
    });
    return `${endpoint}?${query}`;
  },
});
