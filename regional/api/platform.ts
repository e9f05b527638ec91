import type { PlatformHealth } from '../../schemas/generated/platform-health.js';
import type { PlatformInfo } from '../../schemas/generated/platform-info.js';
import { AwsCallError } from '../../shared/aws/aws-call-error.ts';
import { customerAccountKey, externalIdOf } from '../accounts/customer-account.ts';
import type { Answer } from './answer.ts';
import type { ApiDependencies } from './dependencies.ts';
import { later } from './failure.ts';
import type { ApiRequest } from './request.ts';

const health = (status: PlatformHealth['status']): PlatformHealth => ({ status });

/** GET /live: the function runs. */
export const live = (): Answer => ({ status: 200, body: health('ok') });

/** An account that is nobody's; reading it shows that the table can be read. */
const nobodysAccount = customerAccountKey('000000000000');

/** GET /ready: the table can be read, too. */
export async function ready({ store }: ApiDependencies): Promise<Answer> {
  try {
    await store.get(nobodysAccount);
    return { status: 200, body: health('ok') };
  } catch (error) {
    if (!(error instanceof AwsCallError)) throw error;
    return later({ status: 503, body: health('unavailable') });
  }
}

/** GET /info: the role to let in, and the external id with which the platform assumes roles of the caller's account. */
export function info({ clmRoleArn }: ApiDependencies, { caller }: ApiRequest): Answer {
  const body: PlatformInfo = { clm_role_arn: clmRoleArn, external_id: externalIdOf(caller.accountId) };
  return { status: 200, body };
}
