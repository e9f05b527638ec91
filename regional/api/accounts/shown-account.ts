import type { PlatformAccount } from '../../../schemas/generated/platform-account.js';
import { type CustomerAccount, externalIdOf } from '../../accounts/customer-account.ts';

/** An account as the API shows it. */
export function shownAccount({ spec, status = {}, metadata }: CustomerAccount): PlatformAccount {
  const { release, lastAnswerAt } = status;
  return {
    ...spec.registration,
    external_id: externalIdOf(spec.registration.account_id),
    created_at: metadata.creationTimestamp,
    created_by: spec.createdBy,
    ...(release && { release }),
    ...(lastAnswerAt && { last_answer_at: lastAnswerAt }),
  };
}
