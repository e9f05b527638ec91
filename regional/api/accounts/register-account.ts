import {
  type PlatformAccountRegistration,
  validate,
} from '../../../schemas/generated/platform-account-registration.js';
import {
  accessModeLabel,
  type CustomerAccountSpec,
  type CustomerAccountStatus,
  customerAccountKey,
} from '../../accounts/customer-account.ts';
import { apiVersion } from '../../api-version.ts';
import { type Answer, invalid, refusal } from '../answer.ts';
import type { BodyRules } from '../bodies.ts';
import type { ApiDependencies } from '../dependencies.ts';
import type { ApiRequest } from '../request.ts';
import { mayNotChange } from './may-act.ts';
import { registrationOffences } from './registration-offences.ts';
import { shownAccount } from './shown-account.ts';

/** The code of a registration that is not as it must be. */
export const invalidRegistration = 'ACCOUNTS-MGMT-VALIDATION-001';

/** What a registration must be. */
export const registrationBody: BodyRules<PlatformAccountRegistration> = {
  validate,
  malformed: 'ACCOUNTS-MGMT-CREATE-001',
  invalid: invalidRegistration,
};

const exists = refusal(
  409,
  'ACCOUNTS-MGMT-CREATE-004',
  'Account is already enabled. What was registered stays as it is; PATCH changes it',
);

/** POST /accounts */
export async function registerAccount(
  dependencies: ApiDependencies,
  { caller }: ApiRequest,
  registration: PlatformAccountRegistration,
): Promise<Answer> {
  const refused = mayNotChange(caller, registration.account_id);
  if (refused) return refused;
  const offences = registrationOffences(registration, dependencies);
  if (offences.length > 0) return invalid(invalidRegistration, offences);
  const { kind, ...names } = customerAccountKey(registration.account_id);
  const creation = await dependencies.store.create<CustomerAccountSpec, CustomerAccountStatus>({
    apiVersion,
    kind,
    metadata: { ...names, labels: { [accessModeLabel]: registration.access_mode } },
    spec: { registration, createdBy: caller.arn },
  });
  return creation.outcome === 'created' ? { status: 201, body: shownAccount(creation.resource) } : exists;
}
