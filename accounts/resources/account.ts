import type { AccountSpec, AccountStatus } from '../../schemas/generated/account.js';
import { validate } from '../../schemas/generated/account.js';
import type { Resource } from '../../shared/resources/resource.ts';
import { operatorNamespace } from './api.ts';
import type { KindDefinition } from './kind-definition.ts';
import type { StateTable } from './state-table.ts';

export type { AccountSpec, AccountStatus };
export type Account = Resource<AccountSpec, AccountStatus>;
export type AccountState = NonNullable<AccountStatus['state']>;

export const accountStates: StateTable<AccountState> = {
  '': { meaning: 'AWS is asked for the account, and makes it', next: ['Pending', 'Creating', 'Failed'] },
  Pending: { meaning: 'waits for room in the organization', next: ['Creating', 'Failed'] },
  Creating: {
    meaning: 'its IAM users and their keys are made',
    next: ['InitializingRegions', 'Failed'],
  },
  InitializingRegions: {
    meaning: 'an instance is started and ended in each region',
    // An account of the customer's own, and one that was Ready before, need no support case.
    next: ['PendingVerification', 'Ready', 'Failed'],
  },
  PendingVerification: {
    meaning: 'waits until AWS has resolved the support case',
    next: ['Ready', 'Failed'],
  },
  Ready: { meaning: 'may be claimed, or is', next: ['Cleaning', 'Failed'] },
  Cleaning: {
    meaning: 'its claim is being deleted: what was made in it is taken away, and its keys are made anew',
    next: ['Ready', 'Failed'],
  },
  // To '' by a person, who has mended what the conditions tell of.
  Failed: { meaning: 'stopped; the conditions say why', next: ['', 'Cleaning'] },
};

/** The states in which an account that nobody has claimed counts as supply of its pool. */
export const supplyStates: readonly AccountState[] = [
  ...(['', 'Pending', 'Creating', 'InitializingRegions'] as const),
  ...(['PendingVerification', 'Ready'] as const),
];

export const accountConditionTypes = {
  Pending: 'waits for room in the organization',
  Creating: 'the account is being made',
  InitializingRegions: 'the regions are being tried',
  PendingVerification: 'the support case is open',
  Ready: 'the account may be claimed',
  Claimed: 'a claim has the account',
  Cleaning: 'what its claim has left is being taken away',
  Reused: 'the account was cleaned and may serve the same customer again',
  Failed: 'the account has failed',
  AccountCreationFailed: 'the account could not be made, or not in time',
  AccountClientError: 'the account could not be reached or worked in',
  AuthorizationError: 'AWS denied a call',
  AuthenticationError: 'AWS did not take the credentials',
  UnhandledError: 'AWS answered what nobody has foreseen',
  InternalError: 'a fault of the controllers',
} as const;

export const accountKind: KindDefinition = {
  kind: 'Account',
  meaning: 'An AWS account of the organization, from its creation to its use',
  plural: 'accounts',
  singular: 'account',
  shortName: 'acc',
  namespace: operatorNamespace,
  validate,
  columns: [
    { name: 'State', jsonPath: '.status.state', type: 'string' },
    { name: 'Claimed', jsonPath: '.status.claimed', type: 'boolean' },
    { name: 'Claim', jsonPath: '.spec.claimLink', type: 'string' },
    { name: 'Age', jsonPath: '.metadata.creationTimestamp', type: 'date' },
    { name: 'AWS Account', jsonPath: '.spec.awsAccountID', type: 'string', wide: true },
    { name: 'Account Pool', jsonPath: '.spec.accountPool', type: 'string', wide: true },
    { name: 'Legal Entity', jsonPath: '.spec.legalEntity.id', type: 'string', wide: true },
    { name: 'Reused', jsonPath: '.status.reused', type: 'boolean', wide: true },
  ],
  states: accountStates,
  conditionTypes: accountConditionTypes,
  written: ['claimLink', 'claimLinkNamespace', 'claimLinkUID', 'iamUserSecret'],
  fixed: [
    { field: 'awsAccountID', since: 'value', why: 'all that was made is in that AWS account' },
    {
      field: 'legalEntity',
      since: 'value',
      why: 'an account that has served one customer never serves another',
    },
    { field: 'byoc', since: 'creation', why: 'the account is set up and taken down accordingly' },
    { field: 'manualSTSMode', since: 'creation', why: 'the account is set up and taken down accordingly' },
    { field: 'accountPool', since: 'creation', why: 'that pool counts the account' },
  ],
  contradictions: () => [],
};
