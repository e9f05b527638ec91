import type { AccountPoolSpec, AccountPoolStatus } from '../../schemas/generated/account-pool.js';
import { validate } from '../../schemas/generated/account-pool.js';
import type { Resource } from '../../shared/resources/resource.ts';
import { operatorNamespace } from './api.ts';
import type { KindDefinition } from './kind-definition.ts';

export type { AccountPoolSpec, AccountPoolStatus };
export type AccountPool = Resource<AccountPoolSpec, AccountPoolStatus>;

export const accountPoolKind: KindDefinition = {
  kind: 'AccountPool',
  meaning: 'A number of AWS accounts kept ready to be claimed',
  plural: 'accountpools',
  singular: 'accountpool',
  shortName: 'ap',
  namespace: operatorNamespace,
  validate,
  columns: [
    { name: 'Pool Size', jsonPath: '.status.poolSize', type: 'integer' },
    { name: 'Unclaimed Accounts', jsonPath: '.status.unclaimedAccounts', type: 'integer' },
    { name: 'Claimed Accounts', jsonPath: '.status.claimedAccounts', type: 'integer' },
    { name: 'Available Accounts', jsonPath: '.status.availableAccounts', type: 'integer' },
    { name: 'Accounts Progressing', jsonPath: '.status.accountsProgressing', type: 'integer' },
    { name: 'Accounts Pending', jsonPath: '.status.accountsPending', type: 'integer' },
    { name: 'AWS Limit Delta', jsonPath: '.status.awsLimitDelta', type: 'integer' },
    { name: 'Age', jsonPath: '.metadata.creationTimestamp', type: 'date', wide: true },
  ],
  written: [],
  fixed: [],
  contradictions: () => [],
};
