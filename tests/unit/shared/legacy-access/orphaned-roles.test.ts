import { describe, expect, it } from '@jest/globals';
import { legacyFacts } from '../../../../shared/legacy-access/legacy-facts.ts';
import { legacyOrphanedRoles } from '../../../../shared/legacy-access/orphaned-roles.ts';
import {
  accountRoles,
  fakeLegacy,
  legacyAccount,
  operatorRole,
  operatorStatement,
  providerArn,
  role,
} from '../../../support/fakes/legacy-access.ts';

const gone = `${providerArn}-gone`;
const orphan = role('left-behind', operatorStatement({ Principal: { Federated: gone } }));
const ofRosa = { 'left-behind': { 'red-hat-managed': 'true' } };

describe('legacy_orphaned_roles', () => {
  it('fails a role of ROSA whose provider is gone, naming both', async () => {
    const reader = fakeLegacy(legacyAccount({ roles: [orphan], tags: ofRosa }));
    expect(await legacyOrphanedRoles.run(legacyFacts(reader))).toMatchObject([
      {
        status: 'failed',
        message: expect.stringMatching(`left-behind trusts the OIDC provider ${gone}`),
        resourceId: 'left-behind',
        details: { provider: gone },
      },
    ]);
  });

  it("leaves a role of others to others, such as a pipeline's", async () => {
    const reader = fakeLegacy(legacyAccount({ roles: [orphan] }));
    expect(await legacyOrphanedRoles.run(legacyFacts(reader))).toEqual([]);
  });

  it('asks for the tags of roles in question alone', async () => {
    const saml = role('saml', {
      Effect: 'Allow',
      Principal: { Federated: 'arn:aws:iam::1:saml-provider/a' },
    });
    const reader = fakeLegacy(
      legacyAccount({ roles: [operatorRole(), ...accountRoles(), saml, orphan], tags: ofRosa }),
    );
    await legacyOrphanedRoles.run(legacyFacts(reader));
    expect(reader.calls.filter(({ name }) => name === 'roleTags')).toEqual([
      { name: 'roleTags', args: ['left-behind'] },
    ]);
  });
});
