import type { AwsRequest } from '../aws-request.ts';
import type { Caller } from '../callers.ts';
import { deniedError } from '../iam/enforce.ts';
import { iamAction } from '../iam/permissions.ts';
import { functionArn, requestAddress } from './function-address.ts';

/**
 * moto looks a function up by name in the caller's own account, whatever account its ARN names; AWS refuses.
 * @throws AwsError AccessDeniedException for another account's function.
 */
export function refuseOtherAccounts(request: AwsRequest, caller: Caller): void {
  if (request.service !== 'lambda') return;
  const address = requestAddress(request, caller);
  if (!address || address.accountId === caller.accountId) return;
  const action = iamAction(request);
  const permission = { action, resource: functionArn(address), context: {} };
  throw deniedError(
    request,
    caller,
    permission,
    `because no resource-based policy allows the ${action} action`,
  );
}
