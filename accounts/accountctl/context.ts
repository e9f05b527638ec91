import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { regionFrom, withinTime } from '../../shared/cli/aws-settings.ts';
import { checkProfile } from '../../shared/cli/known-profile.ts';
import type { Shell } from '../../shared/cli/run.ts';
import { accountStore } from '../resources/account-store.ts';
import type { Context } from './command.ts';
import { readText } from './read-text.ts';
import type { Settings } from './settings.ts';

/**
 * What a command works with: the table of the settings, with the credentials of the standard AWS chain.
 * Making it calls nobody.
 * @throws UsageError when no region is set anywhere; UnknownProfile
 */
export async function makeContext(settings: Settings, shell: Shell): Promise<Context> {
  const { table, profile } = settings;
  await checkProfile(profile);
  const region = await regionFrom(settings, 'ACCOUNTCTL_REGION');
  const client = new DynamoDBClient({ region, profile, requestHandler: withinTime(10_000) });
  const documentClient = DynamoDBDocumentClient.from(client, {
    marshallOptions: { removeUndefinedValues: true },
  });
  return {
    ...shell,
    store: accountStore({ table, documentClient }),
    readText,
    now: () => new Date(),
    pause: async (ms, signal) => {
      await sleep(ms, undefined, { signal }).catch(() => {});
    },
  };
}
