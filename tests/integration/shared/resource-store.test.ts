import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../../local-aws/local-aws.ts';
import { dynamoDbStore } from '../../../shared/resources/dynamodb-store.ts';
import { resourceRelationsSuite, suiteRules } from '../../support/resource-relations-suite.ts';
import { resourceStoreSuite } from '../../support/resource-store-suite.ts';
import { createResourceTable, laptopDocumentClient } from '../../support/resource-table.ts';

const table = 'resources';
let aws: LocalAws;
let documentClient: DynamoDBDocumentClient;
beforeAll(async () => {
  aws = await startLocalAws();
  documentClient = laptopDocumentClient(aws);
  await createResourceTable(documentClient, table);
});
afterAll(async () => {
  documentClient.destroy();
  await aws.close();
});

const open = () => dynamoDbStore({ table, documentClient, rules: suiteRules });
resourceStoreSuite('the store in DynamoDB', open);
resourceRelationsSuite('the store in DynamoDB', open);
