import { describe, expect, it } from '@jest/globals';
import { legacyAccountRoles } from '../../../../shared/legacy-access/account-roles.ts';
import { legacyFacts, type Role } from '../../../../shared/legacy-access/legacy-facts.ts';
import {
  accountRoles,
  assumedBy,
  fakeLegacy,
  installerOfRedHat,
  legacyAccount,
  operatorRole,
  role,
} from '../../../support/fakes/legacy-access.ts';

const check = (roles: Role[]) => legacyAccountRoles.run(legacyFacts(fakeLegacy(legacyAccount({ roles }))));

/** All three account roles, one of them with other statements. */
const rolesWith = (kind: string, ...statements: object[]): Role[] =>
  accountRoles().map((one) => (one.name.includes(`-${kind}-`) ? role(one.name, ...statements) : one));

const notPassed = async (roles: Role[]) => (await check(roles)).filter(({ status }) => status !== 'passed');

describe('legacy_account_roles', () => {
  it('passes the three as the rosa command line makes them', async () => {
    const findings = await check([operatorRole(), ...accountRoles()]);
    expect(findings.map(({ status, resourceId }) => [status, resourceId])).toEqual([
      ['passed', 'mine-HCP-ROSA-Installer-Role'],
      ['passed', 'mine-HCP-ROSA-Support-Role'],
      ['passed', 'mine-HCP-ROSA-Worker-Role'],
    ]);
  });

  it.each(['Installer', 'Support', 'Worker'])(
    'fails when the %s role is missing, and names it',
    async (kind) => {
      const rest = accountRoles().filter(({ name }) => !name.includes(kind));
      expect(await notPassed(rest)).toMatchObject([
        {
          status: 'failed',
          resourceId: `mine-HCP-ROSA-${kind}-Role`,
          message: expect.stringContaining('rosa create account-roles --hosted-cp'),
        },
      ]);
    },
  );

  it('looks at each prefix by itself', async () => {
    const [installer] = accountRoles('other-HCP');
    const findings = await notPassed([...accountRoles(), ...(installer ? [installer] : [])]);
    expect(findings.map(({ resourceId }) => resourceId)).toEqual([
      'other-HCP-ROSA-Support-Role',
      'other-HCP-ROSA-Worker-Role',
    ]);
  });

  it('fails an account that has none', async () => {
    expect(await check([operatorRole(), role('ManagedOpenShift-Worker-Role')])).toMatchObject([
      { status: 'failed', message: expect.stringContaining('No account roles were found') },
    ]);
  });

  it.each([
    ['a condition', [assumedBy({ AWS: installerOfRedHat }, { Condition: { StringEquals: { a: 'b' } } })]],
    ['two roles', [assumedBy({ AWS: [installerOfRedHat, `${installerOfRedHat}-2`] })]],
    [
      'a statement that is about something else',
      [assumedBy({ AWS: installerOfRedHat }), assumedBy({ AWS: '*' }, { Action: 'sts:TagSession' })],
    ],
  ])('passes an installer role with %s', async (_what, statements) => {
    expect(await notPassed(rolesWith('Installer', ...statements))).toEqual([]);
  });

  it.each([
    ['everybody', { AWS: '*' }, /lets in \*/],
    ['everybody, as an asterisk alone', '*', /lets in \*/],
    ['a whole account', { AWS: 'arn:aws:iam::710019948333:root' }, /710019948333:root/],
    [
      'a user beside the role',
      { AWS: [installerOfRedHat, 'arn:aws:iam::1:user/a'] },
      /lets in arn:aws:iam::1:user\/a/,
    ],
    ['a role that was deleted', { AWS: 'AROAEXAMPLE' }, /lets in AROAEXAMPLE/],
    ['a service', { Service: 'ec2.amazonaws.com' }, /lets in no role of Red Hat/],
  ])('fails an installer or support role that lets in %s', async (_who, principal, told) => {
    for (const kind of ['Installer', 'Support']) {
      expect(await notPassed(rolesWith(kind, assumedBy(principal)))).toMatchObject([
        {
          status: 'failed',
          resourceId: `mine-HCP-ROSA-${kind}-Role`,
          message: expect.stringMatching(told),
        },
      ]);
    }
  });

  it('passes a worker role of China, and fails one that EC2 cannot use', async () => {
    expect(await notPassed(rolesWith('Worker', assumedBy({ Service: 'ec2.amazonaws.com.cn' })))).toEqual([]);
    expect(
      await notPassed(rolesWith('Worker', assumedBy({ Service: 'lambda.amazonaws.com' }))),
    ).toMatchObject([
      { status: 'failed', message: expect.stringContaining('does not let in ec2.amazonaws.com') },
    ]);
  });

  it.each([
    ['denies some', [assumedBy({ AWS: installerOfRedHat }), assumedBy('*', { Effect: 'Deny' })]],
    ['has exceptions', [{ Effect: 'Allow', NotPrincipal: { AWS: 'arn' }, Action: 'sts:AssumeRole' }]],
  ])('does not pass a policy that %s, which it cannot judge', async (_what, statements) => {
    expect(await notPassed(rolesWith('Installer', ...statements))).toMatchObject([
      { status: 'warning', details: { reason_code: 'not_verifiable' } },
    ]);
  });
});
