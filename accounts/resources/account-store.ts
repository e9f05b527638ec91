import { type DynamoDbStoreOptions, dynamoDbStore } from '../../shared/resources/dynamodb-store.ts';
import type { ResourceStore } from '../../shared/resources/resource-store.ts';
import { accountRules } from './account-rules.ts';

/**
 * The resources of account minting in their table. It has the indexes `by-kind`, `by-owner` and `selected`:
 * docs/reconcile.md.
 */
export const accountStore = (options: Omit<DynamoDbStoreOptions, 'rules'>): ResourceStore =>
  dynamoDbStore({ ...options, rules: accountRules });
