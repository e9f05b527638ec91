import { offences } from '../../shared/operation/offences.ts';
import type { KindRules, Rules } from '../../shared/resources/kind-rules.ts';
import { accountKind } from './account.ts';
import { accountClaimKind } from './account-claim.ts';
import { federatedAccessKind } from './aws-federated-account-access.ts';
import type { KindDefinition } from './kind-definition.ts';
import { kinds } from './kinds.ts';
import { accessSelection, accountSelection, claimSelection } from './selections.ts';

const selections: Record<string, KindRules['selection']> = {
  [accountKind.kind]: accountSelection,
  [accountClaimKind.kind]: claimSelection,
  [federatedAccessKind.kind]: accessSelection,
};

/** Whoever writes a resource, also its controller, writes what its schema has. */
function rulesOf({ kind, validate }: KindDefinition): KindRules {
  const problem: KindRules['problem'] = (resource) =>
    validate(resource) ? undefined : offences(validate.errors ?? []);
  const selection = selections[kind];
  return { problem, ...(selection && { selection }) };
}

/** The rules of every kind, for every store of these resources. */
export const accountRules: Rules = Object.fromEntries(
  kinds.map((definition) => [definition.kind, rulesOf(definition)]),
);
