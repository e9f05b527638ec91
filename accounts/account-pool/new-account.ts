import { randomInt } from 'node:crypto';
import type { NewResource } from '../../shared/resources/resource.ts';
import type { AccountSpec } from '../resources/account.ts';
import { accountKind } from '../resources/account.ts';
import type { AccountPool } from '../resources/account-pool.ts';
import { apiVersion, awsFinalizer, iamUserIdLabel, operatorNamespace } from '../resources/api.ts';

/** Without vowels and what looks alike, so that no words come out: 27 letters, 387 million suffixes. */
const letters = 'bcdfghjklmnpqrstvwxz2456789';

/** Six random letters. */
export const randomSuffix = (): string =>
  Array.from({ length: 6 }, () => letters[randomInt(letters.length)]).join('');

/** The account that a pool makes. @param suffix ends its name, and the names of what is made for it in AWS */
export function newAccount(
  { kind, metadata }: AccountPool,
  { emailId, suffix }: { emailId: string; suffix: string },
): NewResource<AccountSpec> {
  const { name, uid } = metadata;
  return {
    apiVersion,
    kind: accountKind.kind,
    metadata: {
      namespace: operatorNamespace,
      name: `${emailId}-${suffix}`,
      labels: { [iamUserIdLabel]: suffix },
      finalizers: [awsFinalizer],
      ownerReferences: [{ apiVersion, kind, name, uid, controller: true, blockOwnerDeletion: true }],
    },
    spec: { awsAccountID: '', iamUserSecret: '', claimLink: '', accountPool: name },
  };
}
