import { accountsOf } from './accounts.ts';
import { type Ask, askWith, type PlatformApiDependencies } from './ask.ts';
import { clustersOf } from './clusters.ts';
import { fieldsOf, optionalText, text, WrongShape } from './fields.ts';
import type { PlatformApi, PlatformInfo } from './platform-api.ts';
import { PlatformApiError } from './platform-api-error.ts';
import { noRoleCodes } from './try-again.ts';
import { dialects } from './versions.ts';

function readLive(content: unknown): void {
  const status = text(fieldsOf(content, 'the answer'), 'status');
  if (status !== 'ok') throw new WrongShape(`the status is "${status}", not "ok"`);
}

/** v0 calls the role `arn`, and tells no more. */
function readInfo(content: unknown): PlatformInfo {
  const of = fieldsOf(content, 'the answer');
  return {
    clmRoleArn: optionalText(of, 'clm_role_arn') ?? optionalText(of, 'arn'),
    externalId: optionalText(of, 'external_id'),
  };
}

/** An API without a role to name says so, an older one has no such path. */
const hasNoInfo = (error: unknown): boolean =>
  error instanceof PlatformApiError && (noRoleCodes.includes(error.code) || error.status === 404);

async function info(ask: Ask): Promise<PlatformInfo> {
  try {
    return await ask({ method: 'GET', path: '/info' }, readInfo);
  } catch (error) {
    if (hasNoInfo(error)) return {};
    throw error;
  }
}

/** The Platform API over HTTP, every request signed with AWS credentials. */
export function httpPlatformApi(dependencies: PlatformApiDependencies): PlatformApi {
  const ask = askWith(dependencies);
  const dialect = dialects[dependencies.version];
  return {
    live: () => ask({ method: 'GET', path: '/live' }, readLive),
    info: () => info(ask),
    ...accountsOf(ask, dialect),
    ...clustersOf(ask, dialect),
  };
}
