import type { AccessStatus } from '../shared/status/access-role.ts';
import type { RegistrationStatus } from '../shared/status/registration.ts';

/** How the platform comes in, where the table does not tell it. */
function entryLines({ authentication, roleName, clmRoleArn, externalId }: AccessStatus): string[] {
  if (authentication === 'resource-policy') return [];
  return [
    `Authentication: assume-role, ${clmRoleArn} assumes ${roleName} with the external id ${externalId}`,
  ];
}

/** What the platform knows. */
function registrationLines(registration: RegistrationStatus): string[] {
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
export function accessLines(access: AccessStatus, registration: RegistrationStatus): string[] {
  const lines = [...entryLines(access), ...registrationLines(registration)];
  return lines.length > 0 ? ['', ...lines] : [];
}
