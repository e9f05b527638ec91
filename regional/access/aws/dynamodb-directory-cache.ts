import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { awsCall } from '../../../shared/aws/aws-call-error.ts';
import type { CachedDirectory, DirectoryCache } from '../discovery/directory-cache.ts';

/** The beginning of the partition keys of the cache's items, which stand beside the resources. */
export const discoveryPrefix = 'discovery#';

const keyOf = (accountId: string) => ({ pk: `${discoveryPrefix}${accountId}`, sk: 'discovery' });

/**
 * Directories in the regional table, whose TTL attribute is `expiresAt`:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html
 */
export const dynamodbDirectoryCache = (client: DynamoDBDocumentClient, table: string): DirectoryCache => ({
  get: async (accountId) => {
    const command = new GetCommand({ TableName: table, Key: keyOf(accountId) });
    const { Item } = await awsCall('dynamodb:GetItem', () => client.send(command));
    if (!Item) return undefined;
    const { directory, registrationHash, expiresAt } = Item as CachedDirectory;
    return { directory, registrationHash, expiresAt };
  },

  put: async (accountId, cached) => {
    const command = new PutCommand({ TableName: table, Item: { ...keyOf(accountId), ...cached } });
    await awsCall('dynamodb:PutItem', () => client.send(command));
  },
});
