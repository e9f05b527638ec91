import type { AccountClaimSpec } from '../../schemas/generated/account-claim.js';
import type { Contradiction, Judged } from './kind-definition.ts';

type SecretReference = AccountClaimSpec['awsCredentialSecret'];

const isWhole = (reference?: SecretReference): boolean => Boolean(reference?.name && reference.namespace);

/** A secret of another namespace belongs to somebody else. */
const isElsewhere = (namespace: string, reference?: SecretReference): boolean =>
  Boolean(reference?.namespace) && reference?.namespace !== namespace;

const contradictions = {
  STSRoleARNMissing: 'manualSTSMode is true and stsRoleARN is empty: give the ARN of the role to assume',
  BYOCAccountIDMissing: "byoc is true and byocAWSAccountID is empty: give the id of the customer's account",
  BYOCSecretRefMissing:
    "byoc is true and byocSecretRef is not whole: give name and namespace of the secret with the customer's keys",
  AWSSecretRefMissing:
    'awsCredentialSecret is not whole: give name and namespace of the secret that the credentials go to',
  BYOCSecretRefNamespaceMismatch:
    'byocSecretRef is in another namespace: a claim uses secrets of its own namespace only',
  AWSSecretRefNamespaceMismatch:
    'awsCredentialSecret is in another namespace: a claim writes to its own namespace only',
  LegalEntityMissing:
    'legalEntity.id is empty: give the id of the customer, for whom alone the account will ever be',
} as const;

type Reason = keyof typeof contradictions;

type Check = [reason: Reason, isSo: boolean];

const ofRole = ({ stsRoleARN }: AccountClaimSpec): Check[] => [['STSRoleARNMissing', !stsRoleARN]];

const ofKeys = ({ byocAWSAccountID, byocSecretRef }: AccountClaimSpec): Check[] => [
  ['BYOCAccountIDMissing', !byocAWSAccountID],
  ['BYOCSecretRefMissing', !isWhole(byocSecretRef)],
];

/** Which of them there are, in upstream's order. A role comes first: a claim with one needs no secret. */
function reasonsOf(spec: AccountClaimSpec, namespace: string): Reason[] {
  const { manualSTSMode, byoc, byocSecretRef, awsCredentialSecret, legalEntity } = spec;
  const usesKeys = Boolean(byoc) && !manualSTSMode;
  const checks: Check[] = [
    ...(manualSTSMode ? ofRole(spec) : []),
    ...(usesKeys ? ofKeys(spec) : []),
    ['AWSSecretRefMissing', !manualSTSMode && !isWhole(awsCredentialSecret)],
    ['BYOCSecretRefNamespaceMismatch', usesKeys && isElsewhere(namespace, byocSecretRef)],
    ['AWSSecretRefNamespaceMismatch', isElsewhere(namespace, awsCredentialSecret)],
    ['LegalEntityMissing', !byoc && !manualSTSMode && !legalEntity.id.trim()],
  ];
  return checks.filter(([, isSo]) => isSo).map(([reason]) => reason);
}

/** What contradicts itself in a claim. */
export const claimContradictions = ({ spec, metadata }: Judged): Contradiction[] =>
  reasonsOf(spec as AccountClaimSpec, metadata.namespace).map((reason) => ({
    reason,
    message: contradictions[reason],
  }));
