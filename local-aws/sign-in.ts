import { randomUUID } from 'node:crypto';
import type { AwsResponse } from './aws-errors.ts';
import type { Callers } from './callers.ts';
import { CONTROL_PATH } from './control.ts';

/** What stands here for https://signin.aws.amazon.com/federation */
export const SIGN_IN_PATH = `${CONTROL_PATH}federation`;

/** As long as AWS takes a token: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_enable-console-custom-url.html */
const TOKEN_MS = 15 * 60_000;

const page = (status: number, text: string): AwsResponse => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: `${text}\n`,
});

const badRequest = (why: string): AwsResponse => page(400, `Bad request: ${why}`);

/** The way of federated users into the console. There is no console on a laptop: who would be let in is told instead. */
export class SignIn {
  readonly #callers: Pick<Callers, 'find'>;
  readonly #tokens = new Map<string, { arn: string; until: number }>();

  constructor(callers: Pick<Callers, 'find'>) {
    this.#callers = callers;
  }

  async answer(query: URLSearchParams): Promise<AwsResponse> {
    const action = query.get('Action');
    if (action === 'getSigninToken') return this.#giveToken(query.get('Session') ?? '');
    if (action === 'login') return this.#logIn(query);
    return badRequest('Action is getSigninToken or login');
  }

  async #giveToken(session: string): Promise<AwsResponse> {
    const caller = await this.#callers.find(accessKeyIn(session));
    if (!caller) return badRequest('Session has no credentials that are known here');
    const token = randomUUID();
    this.#tokens.set(token, { arn: caller.arn, until: Date.now() + TOKEN_MS });
    const headers = { 'content-type': 'application/json' };
    return { status: 200, headers, body: JSON.stringify({ SigninToken: token }) };
  }

  #logIn(query: URLSearchParams): AwsResponse {
    const known = this.#tokens.get(query.get('SigninToken') ?? '');
    if (!known || known.until < Date.now()) return badRequest('SigninToken is not known, or too old');
    return page(200, `${known.arn} would now see ${query.get('Destination')}`);
  }
}

/** @returns an empty text when there is none, or no token beside it, without which AWS takes no credentials */
function accessKeyIn(session: string): string {
  try {
    const { sessionId, sessionKey, sessionToken } = JSON.parse(session);
    return sessionId && sessionKey && sessionToken ? String(sessionId) : '';
  } catch {
    return '';
  }
}
