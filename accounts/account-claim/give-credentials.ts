import { accountSecretName, type SecretValues, secretKeys, secretName } from '../aws/secrets.ts';
import type { Account } from '../resources/account.ts';
import type { ClaimFinding } from './claim-states.ts';
import type { ClaimTurn } from './claim-turn.ts';

/**
 * What came of giving a claim its credentials.
 * - `later`: a secret is not seen yet, or an older one is not gone yet.
 * - `refused`: there is a secret of that name that is somebody else's.
 */
export type Given =
  | { outcome: 'given'; accessKeyID: string }
  | { outcome: 'later' }
  | { outcome: 'refused'; finding: ClaimFinding };

/** Where a claim has its credentials. Its validation has seen to it that this is its own namespace. */
export const claimSecretOf = ({ claim }: ClaimTurn): string => {
  const { namespace } = claim.metadata;
  return secretName(namespace, claim.spec.awsCredentialSecret.name);
};

/** The key that clusters are made with, as the account keeps it; undefined while it is not seen. */
async function keyOf({ aws }: ClaimTurn, account: Account): Promise<SecretValues | undefined> {
  const values = await aws.secrets.get(accountSecretName(account.metadata, 'admin'));
  const { [secretKeys.accessKeyId]: id, [secretKeys.secretAccessKey]: secret } = values ?? {};
  if (!id || !secret || id !== account.status?.accessKeys?.admin?.id) return undefined;
  return { [secretKeys.accessKeyId]: id, [secretKeys.secretAccessKey]: secret };
}

/** Puts the credentials of the account into the secret that the claim names. */
export async function giveCredentials(turn: ClaimTurn, account: Account): Promise<Given> {
  const { claim, aws } = turn;
  const accessKeyID = account.status?.accessKeys?.admin?.id ?? '';
  if (accessKeyID && claim.status?.accessKeyID === accessKeyID) return { outcome: 'given', accessKeyID };
  const values = await keyOf(turn, account);
  if (!values) return { outcome: 'later' };
  const made = await aws.secrets.create(claimSecretOf(turn), values);
  if (made === 'exists') return replaceOwn(turn, values, accessKeyID);
  return made === 'created' ? { outcome: 'given', accessKeyID } : { outcome: 'later' };
}

/** One that is there may be our own: of this key when an answer was lost, of another when the account got new keys. */
async function replaceOwn(turn: ClaimTurn, values: SecretValues, accessKeyID: string): Promise<Given> {
  const { claim, aws } = turn;
  const name = claimSecretOf(turn);
  const present = await aws.secrets.get(name);
  if (!present) return { outcome: 'later' };
  const id = present[secretKeys.accessKeyId];
  if (id === accessKeyID) return { outcome: 'given', accessKeyID };
  if (id && id === claim.status?.accessKeyID) {
    const replaced = await aws.secrets.replace(name, values);
    return replaced === 'replaced' ? { outcome: 'given', accessKeyID } : { outcome: 'later' };
  }
  const message = `the secret ${name} is there already and is not of this claim: delete it, or name another one in awsCredentialSecret of a new claim`;
  return { outcome: 'refused', finding: { type: 'InvalidAccountClaim', reason: 'AWSSecretTaken', message } };
}
