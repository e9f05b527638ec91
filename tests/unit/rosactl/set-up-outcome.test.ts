import { describe, expect, it } from '@jest/globals';
import { setUpOutcome } from '../../../rosactl/set-up-outcome.ts';
import type { SetUp } from '../../../shared/account/set-up-account.ts';
import { account, clmRole, region } from '../../support/fakes/customer-account.ts';

const one = { component: 'oidc-provisioner', name: 'acme-oidc', smokeRequest: { dry_run: true as const } };

const outcome = (differences: Partial<SetUp> = {}) =>
  setUpOutcome({
    account,
    region,
    release: '0123456789ab',
    stage: 'prod',
    authentication: 'resource-policy',
    clmRoleArn: clmRole,
    registration: { status: 'registered' },
    functions: [{ ...one, version: '3', from: '2', published: true, smokeTestId: 'request-1' }],
    ...differences,
  });

const text = (differences: Partial<SetUp>) => outcome(differences).lines.join('\n');

describe('an account that is set up', () => {
  it('is told to programs: what runs now, what ran before, and by which dry run it was tried', () => {
    expect(outcome()).toMatchObject({
      exitCode: 0,
      data: {
        account,
        region,
        release: '0123456789ab',
        clmRoleArn: clmRole,
        registration: { status: 'registered' },
        functions: [
          {
            component: 'oidc-provisioner',
            name: 'acme-oidc',
            version: '3',
            before: '2',
            published: true,
            dryRunRequestId: 'request-1',
          },
        ],
      },
    });
  });

  it('is told to people', () => {
    const { lines } = outcome();
    expect(lines.slice(0, 2)).toEqual([
      'FUNCTION   prod NOW  BEFORE  VERSION WAS',
      'acme-oidc  3         2       published',
    ]);
    expect(lines.join('\n')).toContain(`${clmRole} may invoke prod, and nobody else`);
    expect(lines.join('\n')).toContain(`The account ${account} is registered`);
  });

  it('is told with the role and the external id when the platform assumes one', () => {
    const entry = { authentication: 'assume-role', externalId: 'rosa-lambda-access:1' } as const;
    expect(text(entry)).toContain(
      `${clmRole} may assume RosaRegionalPlatformAccess-us-east-1 with the external id rosa-lambda-access:1`,
    );
    expect(outcome(entry).data).toMatchObject({
      ...entry,
      accessRole: 'RosaRegionalPlatformAccess-us-east-1',
    });
  });

  it('had nothing before when it is new', () => {
    const functions = [{ ...one, version: '1', published: false }];
    expect(outcome({ functions }).data).toMatchObject({ functions: [{ before: null }] });
    expect(outcome({ functions }).lines[1]).toBe('acme-oidc  1         -       unchanged');
  });
});

describe('the registration', () => {
  it('may have been made before', () => {
    const registration = { status: 'already registered' } as const;
    expect(outcome({ registration }).exitCode).toBe(0);
    expect(text({ registration })).toContain(`The account ${account} is already registered`);
  });

  it('is for others to make when it was refused: exit code, reason, and whom to ask for what', () => {
    const registration = { status: 'refused', reason: 'it said so' } as const;
    expect(outcome({ registration }).exitCode).toBe(3);
    expect(text({ registration })).toMatch(
      new RegExp(`not registered: it said so[\\s\\S]*Ask the people[\\s\\S]*${account} in ${region}`),
    );
  });

  it('is told with what was changed about it, and with its access mode', () => {
    const changes = ['authentication: resource-policy -> assume-role'];
    const registration = { status: 'changed', accessMode: 'dual', changes } as const;
    expect(outcome({ registration }).exitCode).toBe(0);
    expect(text({ registration })).toMatch(
      /✔ The account 123456789012 was registered already; this is changed:\n {4}authentication: resource-policy -> assume-role\n {2}Its access mode is dual\./,
    );
  });

  it('may keep new clusters from using the functions, and says what changes that', () => {
    const registration = { status: 'already registered', accessMode: 'oidc-sts' } as const;
    expect(text({ registration })).toMatch(/^! Its access mode is oidc-sts: .*"rosactl migrate-account"/m);
  });

  it('that cannot be changed is not what was asked for', () => {
    const registration = { status: 'differs', reason: 'the platform knows it with another region' } as const;
    expect(outcome({ registration }).exitCode).toBe(1);
    expect(text({ registration })).toContain('✖ The account is registered, but the platform knows it');
  });

  it('is nobody’s failure where no Platform API is known, and is told', () => {
    const registration = { status: 'not asked for', reason: 'no address' } as const;
    expect(outcome({ registration }).exitCode).toBe(0);
    expect(text({ registration })).toMatch(/^! .*not registered: no address/m);
  });
});
