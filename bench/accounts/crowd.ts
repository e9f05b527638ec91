import { randomUUID } from 'node:crypto';
import { BatchWriteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { accountIdKind } from '../../accounts/account/account-ids.ts';
import { type AccountSpec, type AccountStatus, accountKind } from '../../accounts/resources/account.ts';
import { accountRules } from '../../accounts/resources/account-rules.ts';
import { apiVersion, awsFinalizer, iamUserIdLabel, operatorNamespace } from '../../accounts/resources/api.ts';
import { born } from '../../shared/resources/new-resource.ts';
import type { Resource } from '../../shared/resources/resource.ts';
import { itemOf } from '../../shared/resources/stored-item.ts';

/** How accounts are that a pool has given away, or lost. Of twenty, so many. */
const standings: { of20: number; spec: Partial<AccountSpec>; status: AccountStatus }[] = [
  {
    of20: 17,
    spec: { claimLink: 'harbour', claimLinkNamespace: 'uhc' },
    status: { state: 'Ready', claimed: true },
  },
  { of20: 2, spec: {}, status: { state: 'Ready', reused: true } },
  { of20: 1, spec: {}, status: { state: 'Failed' } },
];

const cycle = standings.flatMap(({ of20, ...one }) => Array.from({ length: of20 }, () => one));

const resource = (kind: string, name: string, spec: object, status?: object): Resource => {
  const metadata = { namespace: operatorNamespace, name };
  const birth = { uid: randomUUID(), resourceVersion: randomUUID(), now: new Date() };
  return { ...born({ apiVersion, kind, metadata, spec }, birth), ...(status && { status }) };
};

/** An account of the crowd, and the record of whose its AWS account is. */
function accountAndId(pool: string, index: number): Resource[] {
  const suffix = String(index).padStart(6, '0');
  const awsAccountID = String(300_000_000_000 + index);
  const { spec, status } = cycle[index % cycle.length] ?? { spec: {}, status: {} };
  const legalEntity = { id: String(index % 500), name: 'somebody' };
  const whole = {
    awsAccountID,
    iamUserSecret: 'secret',
    claimLink: '',
    accountPool: pool,
    legalEntity,
    ...spec,
  };
  const { metadata, ...rest } = resource(accountKind.kind, `crowd-${suffix}`, whole, status);
  const { name, uid } = metadata;
  return [
    {
      ...rest,
      metadata: { ...metadata, labels: { [iamUserIdLabel]: suffix }, finalizers: [awsFinalizer] },
    },
    resource(accountIdKind, awsAccountID, { account: name, uid }),
  ];
}

/** Items of one request: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html */
const atOnce = 25;

async function write(
  client: DynamoDBDocumentClient,
  table: string,
  some: readonly Resource[],
): Promise<void> {
  const requests = some.map((one) => ({ PutRequest: { Item: itemOf(one, [], accountRules) } }));
  const { UnprocessedItems = {} } = await client.send(
    new BatchWriteCommand({ RequestItems: { [table]: requests } }),
  );
  if (Object.keys(UnprocessedItems).length > 0) throw new Error('the laptop AWS did not take all items');
}

/**
 * Fills a table with accounts that a pool has made over the years, past the controllers, which would take days: claimed,
 * waiting for the same customer, or failed. None of them is supply of the pool.
 */
export async function fillWithCrowd(
  client: DynamoDBDocumentClient,
  { table, pool, accounts }: { table: string; pool: string; accounts: number },
): Promise<void> {
  const all = Array.from({ length: accounts }, (_, index) => accountAndId(pool, index)).flat();
  for (let from = 0; from < all.length; from += atOnce)
    await write(client, table, all.slice(from, from + atOnce));
}
