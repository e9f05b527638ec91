import type { AccountClaimSpec, AccountClaimStatus } from '../../schemas/generated/account-claim.js';
import { validate } from '../../schemas/generated/account-claim.js';
import type { Resource } from '../../shared/resources/resource.ts';
import { claimContradictions } from './claim-contradictions.ts';
import type { KindDefinition } from './kind-definition.ts';
import type { StateTable } from './state-table.ts';

export type { AccountClaimSpec, AccountClaimStatus };
export type AccountClaim = Resource<AccountClaimSpec, AccountClaimStatus>;
export type AccountClaimState = '' | AccountClaimStatus['state'];

export const accountClaimStates: StateTable<AccountClaimState> = {
  '': { meaning: 'nobody has looked at it yet', next: ['Pending', 'Error'] },
  Pending: { meaning: 'waits for an account', next: ['Ready', 'Error'] },
  Ready: { meaning: 'has an account, whose credentials are in the secret', next: ['Error'] },
  // When the spec has been mended.
  Error: { meaning: 'stopped; the conditions say why', next: ['Pending'] },
};

export const accountClaimConditionTypes = {
  Unclaimed: 'an account is being looked for',
  Claimed: 'an account was given',
  AccountClaimFailed: 'the account of the claim has failed',
  CCSAccountClaimFailed: "the customer's own account has failed",
  ClientError: 'AWS or a secret could not be reached',
  AuthenticationFailed: 'AWS did not take the credentials or the role',
  InvalidAccountClaim: 'the claim contradicts itself; the reason says how',
  InternalError: 'a fault of the controllers, or of the account of the claim',
} as const;

const account = { field: 'accountLink' };

export const accountClaimKind: KindDefinition = {
  kind: 'AccountClaim',
  meaning: 'The wish for an AWS account, and which one fulfils it',
  plural: 'accountclaims',
  singular: 'accountclaim',
  shortName: 'ac',
  validate,
  columns: [
    { name: 'State', jsonPath: '.status.state', type: 'string' },
    { name: 'Account', jsonPath: '.spec.accountLink', type: 'string' },
    { name: 'Age', jsonPath: '.metadata.creationTimestamp', type: 'date' },
    { name: 'Legal Entity', jsonPath: '.spec.legalEntity.id', type: 'string', wide: true },
    { name: 'Account Pool', jsonPath: '.spec.accountPool', type: 'string', wide: true },
    { name: 'BYOC', jsonPath: '.spec.byoc', type: 'boolean', wide: true },
  ],
  states: accountClaimStates,
  conditionTypes: accountClaimConditionTypes,
  written: ['accountLink', 'accountOU'],
  fixed: [
    { field: 'legalEntity', since: account, why: 'its account serves that customer alone' },
    { field: 'awsCredentialSecret', since: account, why: 'the credentials have been put there' },
    { field: 'accountPool', since: account, why: 'its account was taken from that pool' },
    { field: 'byoc', since: account, why: 'its account is set up and taken down accordingly' },
    { field: 'byocAWSAccountID', since: account, why: 'its account is that one' },
    { field: 'manualSTSMode', since: account, why: 'its account is set up and taken down accordingly' },
  ],
  contradictions: claimContradictions,
};
