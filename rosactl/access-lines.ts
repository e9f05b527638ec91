import type { AccessStatus } from '../shared/status/access-role.ts';
import type { RegistrationStatus } from '../shared/status/registration.ts';

/** How the platform comes in. */
function entryLine({ authentication, roleName, clmRoleArn, externalId }: AccessStatus): string {
  if (authentication === 'resource-policy') return 'Authentication: resource-policy, by the policy of prod';
  return `Authentication: assume-role, ${clmRoleArn} assumes ${roleName} with the external id ${externalId}`;
}

/** What the platform knows. */
function registrationLine(registration: RegistrationStatus): string[] {
  if (registration.status === 'not determined')
    return [`? What the Platform API knows of the account: ${registration.because}`];
  if (registration.status === 'not registered')
    return ['! The Platform API does not know the account. Next: rosactl setup-account'];
  if (registration.status !== 'registered') return [];
  const { accessMode, authentication, release, lastAnswerAt } = registration.account;
  const answered = lastAnswerAt ? `; last answer ${lastAnswerAt}, release ${release ?? 'not known'}` : '';
  const how = accessMode ? `access mode ${accessMode}, ${authentication}` : 'it tells no more';
  return [`Registered with the Platform API: ${how}${answered}`];
}

/** How the platform comes in by what the stack says, and by what the platform knows. */
export const accessLines = (access: AccessStatus, registration: RegistrationStatus): string[] => [
  entryLine(access),
  ...registrationLine(registration),
];
