import { accountKind } from './account.ts';
import { accountClaimKind } from './account-claim.ts';
import { accountPoolKind } from './account-pool.ts';
import { apiVersion } from './api.ts';
import { federatedAccessKind } from './aws-federated-account-access.ts';
import { federatedRoleKind } from './aws-federated-role.ts';
import type { KindDefinition } from './kind-definition.ts';

/** Every kind there is. */
export const kinds: readonly KindDefinition[] = [
  accountPoolKind,
  accountKind,
  accountClaimKind,
  federatedRoleKind,
  federatedAccessKind,
];

/** The kind of that name, as manifests have it. */
export const kindNamed = (name: unknown): KindDefinition | undefined =>
  kinds.find(({ kind }) => kind === name);

const [group] = apiVersion.split('/');

/** The kind that a word means: singular, plural, short name or kind, in any case, with or without the group. */
export function kindMeant(word: string): KindDefinition | undefined {
  const lower = word.toLowerCase();
  const bare = lower.endsWith(`.${group}`) ? lower.slice(0, -`.${group}`.length) : lower;
  return kinds.find(({ plural, singular, shortName }) => [plural, singular, shortName].includes(bare));
}
