import { describe, expect, it } from '@jest/globals';
import { checkLegacyAccess } from '../../../../shared/legacy-access/checks.ts';
import type { LegacyReader } from '../../../../shared/legacy-access/legacy-facts.ts';
import { awsError } from '../../../support/fakes/aws-errors.ts';
import {
  accountRoles,
  fakeLegacy,
  legacyAccount,
  operatorRole,
  operatorStatement,
  providerArn,
  role,
} from '../../../support/fakes/legacy-access.ts';

const check = async (reader: LegacyReader) => {
  const said: string[] = [];
  const results = await checkLegacyAccess(reader, (detail) => said.push(detail));
  return { results, said };
};

/** The checks of these statuses. */
const named = (results: { check: string; status: string }[], status: string) => [
  ...new Set(results.filter((result) => result.status === status).map((result) => result.check)),
];

describe('the checks of the OIDC/STS set-up', () => {
  it('pass an account with a cluster, reading each thing once', async () => {
    const reader = fakeLegacy();
    const { results, said } = await check(reader);
    expect(results.every(({ status }) => status === 'passed')).toBe(true);
    expect(said).toEqual(['0 failed, 0 to look at, 5 passed']);
    expect(reader.calls.map(({ name }) => name).sort()).toEqual(['providers', 'roles']);
  });

  it.each<[keyof LegacyReader, string, string[]]>([
    [
      'providers',
      'iam:ListOpenIDConnectProviders',
      ['legacy_oidc_providers', 'legacy_operator_roles', 'legacy_orphaned_roles'],
    ],
    ['roles', 'iam:ListRoles', ['legacy_operator_roles', 'legacy_orphaned_roles', 'legacy_account_roles']],
  ])('that need %s have no verdict without %s, and name it', async (call, action, without) => {
    const reader = fakeLegacy();
    reader.fail(call, awsError(action, 'AccessDenied'));
    const { results } = await check(reader);
    expect(named(results, 'warning')).toEqual(without);
    expect(results.filter(({ status }) => status === 'warning')).toEqual(
      without.map((name) => ({
        check: name,
        status: 'warning',
        message: expect.stringMatching(`these credentials may not call ${action}`),
        details: { reason_code: 'access_denied', missing_action: action },
      })),
    );
  });

  it('without iam:ListRoleTags have a verdict on all but roles whose provider is gone', async () => {
    const orphan = role('orphan', operatorStatement({ Principal: { Federated: `${providerArn}-gone` } }));
    const reader = fakeLegacy(legacyAccount({ roles: [operatorRole(), orphan, ...accountRoles()] }));
    reader.fail('roleTags', awsError('iam:ListRoleTags', 'AccessDenied'));
    const { results } = await check(reader);
    expect(named(results, 'warning')).toEqual(['legacy_orphaned_roles']);
    expect(named(results, 'passed')).toContain('legacy_operator_roles');
  });

  it('are no verdict either when AWS throttles', async () => {
    const reader = fakeLegacy();
    reader.fail('roles', awsError('iam:ListRoles', 'Throttling'));
    expect((await check(reader)).results).toContainEqual(
      expect.objectContaining({
        check: 'legacy_account_roles',
        status: 'warning',
        details: expect.objectContaining({ reason_code: 'throttled' }),
      }),
    );
  });
});
