import { type Finding, failed } from '../checks/check.ts';
import { isOfRosa, type LegacyCheck, providersTrustedBy } from './legacy-facts.ts';

const orphaned = (name: string, provider: string): Finding =>
  failed(
    `The role ${name} trusts the OIDC provider ${provider}, which is gone. Make the provider again if its cluster still runs, else delete the role`,
    { resourceId: name, details: { provider } },
  );

/** No role of ROSA trusts an OIDC provider that was deleted. */
export const legacyOrphanedRoles: LegacyCheck = {
  name: 'legacy_orphaned_roles',
  run: async (facts) => {
    const [providers, roles] = await Promise.all([facts.providers(), facts.roles()]);
    const present = new Set(providers.map(({ arn }) => arn));
    const judged = roles.map(async (role) => {
      const gone = providersTrustedBy(role).filter((arn) => !present.has(arn));
      // The provider's tags went with it; those of the role tell whose it is.
      if (gone.length === 0 || !isOfRosa(await facts.roleTags(role.name))) return [];
      return gone.map((arn) => orphaned(role.name, arn));
    });
    return (await Promise.all(judged)).flat();
  },
};
