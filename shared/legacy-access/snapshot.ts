import { createHash } from 'node:crypto';
import { isAccountRole } from './account-roles.ts';
import { type LegacyReader, legacyFacts, providersTrustedBy, rosaProviders } from './legacy-facts.ts';

/** What existing clusters rely on: each thing by its name, with a text that is equal as long as the thing is. */
export type LegacySnapshot = Record<string, string>;

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** @throws AwsCallError when a part of it may not be read */
export async function legacySnapshot(reader: LegacyReader): Promise<LegacySnapshot> {
  const facts = legacyFacts(reader);
  const [all, roles] = await Promise.all([facts.providers(), facts.roles()]);
  const providers = rosaProviders(all);
  const arns = new Set(providers.map(({ arn }) => arn));
  const inUse = roles.filter(
    (role) => isAccountRole(role.name) || providersTrustedBy(role).some((arn) => arns.has(arn)),
  );
  return Object.fromEntries([
    ...providers.map(({ arn, clientIds, thumbprints }) => [
      `OIDC provider ${arn}`,
      JSON.stringify({ clientIds: clientIds.toSorted(), thumbprints: thumbprints.toSorted() }),
    ]),
    ...inUse.map(({ name, trustPolicy }) => [`role ${name}`, hashOf(trustPolicy)]),
  ]);
}

/** Names what is not as it was, and how. What came in the meantime is nothing that ran before. */
export const changesSince = (before: LegacySnapshot, after: LegacySnapshot): string[] =>
  Object.entries(before)
    .filter(([name, text]) => after[name] !== text)
    .map(([name]) => (name in after ? `${name} was changed` : `${name} is gone`));
