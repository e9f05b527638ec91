import { CreateTableCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Call } from '../../../local-aws/call-log.ts';
import { type LocalAws, startLocalAws } from '../../../local-aws/local-aws.ts';
import {
  type Clients,
  clientsFor,
  control,
  createFunction,
  createRole,
  invoke,
  messagesIn,
} from './support.ts';

/** Puts three items, one after the other, and reads after each. */
const code = `
  const { AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID } = process.env;
  async function call(action, body) {
    const headers = {
      authorization: 'AWS4-HMAC-SHA256 Credential=' + AWS_ACCESS_KEY_ID + '/20260101/us-east-1/dynamodb/aws4_request',
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'DynamoDB_20120810.' + action,
    };
    const body_ = JSON.stringify({ TableName: 'marks', ...body });
    return (await fetch(AWS_ENDPOINT_URL, { method: 'POST', headers, body: body_ })).json();
  }
  export const handler = async () => {
    for (const name of ['one', 'two', 'three']) {
      await call('PutItem', { Item: { pk: { S: name } } });
      await call('GetItem', { Key: { pk: { S: name } } });
      console.log('has put ' + name);
    }
    return 'done';
  };`;

let aws: LocalAws;
let clients: Clients;

beforeAll(async () => {
  aws = await startLocalAws();
  clients = clientsFor(aws);
  await clients.dynamodb.send(
    new CreateTableCommand({
      TableName: 'marks',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    }),
  );
  const role = await createRole(clients, 'writer', [{ Effect: 'Allow', Action: '*', Resource: '*' }]);
  for (const name of ['writer', 'bystander']) await createFunction(clients, { name, role, code });
});
afterAll(() => aws?.close());
afterEach(async () => {
  for (const path of ['faults', 'calls']) await control(aws, 'DELETE', path);
});

const changesOf = async (name: string) => {
  const calls = (await control(aws, 'GET', 'calls')).json as Call[];
  return calls.filter((call) => call.function === name && call.changes).map(({ action }) => action);
};

describe('a function that crashes after a call', () => {
  it('is killed once the call has taken effect, and before it knows', async () => {
    await control(aws, 'POST', 'faults', {
      changes: true,
      function: 'writer',
      effect: 'crash',
      after: 1,
      times: 1,
    });
    const output = await invoke(clients, 'writer');
    expect(output.FunctionError).toBe('Unhandled');
    expect(output.json).toMatchObject({
      errorType: 'Runtime.ExitError',
      errorMessage: expect.stringMatching(/Runtime exited with error: signal: SIGKILL$/),
    });
    const { Items = [] } = await clients.dynamodb.send(new ScanCommand({ TableName: 'marks' }));
    expect(Items.map(({ pk }) => pk?.S).toSorted()).toEqual(['one', 'two']);
    const log = (await messagesIn(clients, '/aws/lambda/writer')).join('');
    expect(log).toContain('has put one');
    expect(log).not.toContain('has put two');
    expect(await changesOf('writer')).toEqual(['PutItem', 'PutItem']);
  });

  it('runs to its end the next time', async () => {
    expect((await invoke(clients, 'writer')).json).toBe('done');
    expect(await changesOf('writer')).toEqual(['PutItem', 'PutItem', 'PutItem']);
  });

  it('is the one that the fault names, or the one that calls', async () => {
    await control(aws, 'POST', 'faults', {
      service: 'dynamodb',
      action: 'GetItem',
      function: 'writer',
      effect: 'crash',
    });
    expect((await invoke(clients, 'bystander')).json).toBe('done');
    expect((await invoke(clients, 'writer')).json.errorType).toBe('Runtime.ExitError');
    // A caller that is no function has nothing to lose.
    await control(aws, 'POST', 'faults', { service: 'dynamodb', action: 'Scan', effect: 'crash' });
    expect((await clients.dynamodb.send(new ScanCommand({ TableName: 'marks' }))).Count).toBe(3);
  });
});
