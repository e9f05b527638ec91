import { type PlatformAccountChange, validate } from '../../../schemas/generated/platform-account-change.js';
import { validate as isRegistration } from '../../../schemas/generated/platform-account-registration.js';
import { type FieldOffence, fieldOffences } from '../../../shared/field-offences.ts';
import { whileConflicting } from '../../../shared/resources/while-conflicting.ts';
import { accessModeLabel, type CustomerAccount } from '../../accounts/customer-account.ts';
import { type Answer, invalid } from '../answer.ts';
import type { BodyRules } from '../bodies.ts';
import type { ApiDependencies } from '../dependencies.ts';
import type { ApiRequest } from '../request.ts';
import { accountNotFound, mayNotChange } from './may-act.ts';
import { findAccount } from './read-accounts.ts';
import { invalidRegistration } from './register-account.ts';
import { registrationOffences } from './registration-offences.ts';
import { shownAccount } from './shown-account.ts';

/** What a change must be. */
export const changeBody: BodyRules<PlatformAccountChange> = {
  validate,
  malformed: 'ACCOUNTS-MGMT-UPDATE-001',
  invalid: invalidRegistration,
};

/** What is wrong with a registration as a whole, such as a mode without the role it needs. */
function offencesOf(registration: unknown, dependencies: ApiDependencies): FieldOffence[] {
  if (isRegistration(registration)) return registrationOffences(registration, dependencies);
  return fieldOffences(isRegistration.errors ?? []);
}

/** The account with what the change names in place of what was registered. Its label follows its access mode. */
function changed(account: CustomerAccount, change: PlatformAccountChange): CustomerAccount {
  const registration = { ...account.spec.registration, ...change };
  const labels = { ...account.metadata.labels, [accessModeLabel]: registration.access_mode };
  return {
    ...account,
    metadata: { ...account.metadata, labels },
    spec: { ...account.spec, registration },
  };
}

/** PATCH /accounts/{account_id} */
export async function changeAccount(
  dependencies: ApiDependencies,
  { caller, parameters: { account_id: accountId = '' } }: ApiRequest,
  change: PlatformAccountChange,
): Promise<Answer> {
  const refused = mayNotChange(caller, accountId);
  if (refused) return refused;
  return whileConflicting(async () => {
    const account = await findAccount(dependencies, accountId);
    if (!account) return accountNotFound;
    const wanted = changed(account, change);
    const offences = offencesOf(wanted.spec.registration, dependencies);
    if (offences.length > 0) return invalid(invalidRegistration, offences);
    return { status: 200, body: shownAccount(await dependencies.store.update(wanted)) };
  });
}
