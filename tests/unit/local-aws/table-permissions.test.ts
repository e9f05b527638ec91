import { describe, expect, it } from '@jest/globals';
import type { AwsRequest } from '../../../local-aws/aws-request.ts';
import type { Caller } from '../../../local-aws/callers.ts';
import { tablePermissions } from '../../../local-aws/iam/table-permissions.ts';

const table = 'arn:aws:dynamodb:us-east-1:111122223333:table/t';
const caller = { accountId: '111122223333', partition: 'aws' } as Caller;
const item = (pk: string) => ({ pk: { S: pk }, sk: { S: 'x' } });

async function needed(action: string, fields: object) {
  const body = Buffer.from(JSON.stringify(fields));
  const request = { service: 'dynamodb', action, region: 'us-east-1', body } as AwsRequest;
  const partitionKeyOf = async (arn: string) => (arn.includes('/index/') ? 'kind' : 'pk');
  const permissions = await tablePermissions(request, caller, {}, partitionKeyOf);
  return permissions.map(({ context, ...rest }) => [
    rest.action,
    rest.resource,
    context['dynamodb:leadingkeys'],
  ]);
}

describe('what a call of DynamoDB needs', () => {
  it.each<[string, object, unknown[]]>([
    ['GetItem', { TableName: 't', Key: item('a') }, [['dynamodb:GetItem', table, ['a']]]],
    ['PutItem', { TableName: 't', Item: item('a') }, [['dynamodb:PutItem', table, ['a']]]],
    ['Scan', { TableName: 't' }, [['dynamodb:Scan', table, undefined]]],
    [
      'Query',
      {
        TableName: 't',
        IndexName: 'by-kind',
        KeyConditionExpression: '#k = :k AND begins_with(pk, :p)',
        ExpressionAttributeNames: { '#k': 'kind' },
        ExpressionAttributeValues: { ':k': { S: 'Cluster' }, ':p': { S: 'p' } },
      },
      [['dynamodb:Query', `${table}/index/by-kind`, ['Cluster']]],
    ],
    [
      'BatchWriteItem',
      { RequestItems: { t: [{ PutRequest: { Item: item('a') } }, { DeleteRequest: { Key: item('b') } }] } },
      [['dynamodb:BatchWriteItem', table, ['a', 'b']]],
    ],
    [
      'BatchGetItem',
      { RequestItems: { t: { Keys: [item('a')] } } },
      [['dynamodb:BatchGetItem', table, ['a']]],
    ],
    [
      'TransactWriteItems',
      {
        TransactItems: [
          { Put: { TableName: 't', Item: item('a') } },
          { ConditionCheck: { TableName: 't', Key: item('b') } },
        ],
      },
      [
        ['dynamodb:PutItem', table, ['a']],
        ['dynamodb:ConditionCheckItem', table, ['b']],
      ],
    ],
  ])('%s is judged by table, index and partition keys', async (action, fields, expected) => {
    expect(await needed(action, fields)).toEqual(expected);
  });
});
