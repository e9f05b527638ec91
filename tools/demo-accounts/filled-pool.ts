import { setTimeout as sleep } from 'node:timers/promises';
import {
  GetSecretValueCommand,
  ListSecretsCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { accountSecretName, secretKeys } from '../../accounts/aws/secrets.ts';
import type { Account } from '../../accounts/resources/account.ts';
import { accountStore } from '../../accounts/resources/account-store.ts';
import { operatorNamespace } from '../../accounts/resources/api.ts';
import type { LocalAws } from '../../local-aws/local-aws.ts';
import { documentClients } from '../../shared/aws/document-clients.ts';
import type { ResourceStore } from '../../shared/resources/resource-store.ts';
import { administrator } from '../journey/customer-account.ts';

/** The table of the accounts service on the laptop. */
export function tableOf(aws: LocalAws): ResourceStore {
  Object.assign(process.env, aws.environment);
  return accountStore({
    table: 'rosa-accounts',
    documentClient: documentClients((client) => client)('us-east-1'),
  });
}

/** Accounts of the pool as they are now. */
async function accountsIn(store: ResourceStore): Promise<Account[]> {
  const { items } = await store.list({ kind: 'Account', namespace: operatorNamespace, limit: 100 });
  return items as Account[];
}

/** `2 Ready, 1 Creating` */
function summaryOf(accounts: readonly Account[]): string {
  const groups = Map.groupBy(accounts, ({ status }) => status?.state || 'new');
  return [...groups].map(([state, all]) => `${all.length} ${state}`).join(', ') || 'none yet';
}

/**
 * Waits until so many accounts are Ready.
 * @param tell told of each change
 * @throws Error when one has failed, or not all are Ready in time
 */
export async function untilReady(
  store: ResourceStore,
  count: number,
  { seconds, tell }: { seconds: number; tell(summary: string): void },
): Promise<Account[]> {
  let told = '';
  for (const until = Date.now() + seconds * 1_000; Date.now() < until; await sleep(500)) {
    const accounts = await accountsIn(store);
    const summary = summaryOf(accounts);
    if (summary !== told) tell(summary);
    told = summary;
    const failed = accounts.find(({ status }) => status?.state === 'Failed');
    if (failed)
      throw new Error(`${failed.metadata.name} has failed: ${JSON.stringify(failed.status?.conditions)}`);
    if (accounts.filter(({ status }) => status?.state === 'Ready').length >= count) return accounts;
  }
  throw new Error(`the accounts are not Ready after ${seconds} seconds: ${told}`);
}

/** The names of all secrets. */
export async function secretNames(aws: LocalAws): Promise<string[]> {
  const { SecretList = [] } = await new SecretsManagerClient(administrator(aws)).send(
    new ListSecretsCommand({ MaxResults: 100 }),
  );
  return SecretList.flatMap(({ Name }) => Name ?? []).sort();
}

/** Whom AWS takes the owner of an account's stored key for. */
export async function identityOf(
  aws: LocalAws,
  { metadata }: Account,
): Promise<{ account: string; arn: string }> {
  const settings = administrator(aws);
  const SecretId = accountSecretName(metadata, 'admin');
  const { SecretString = '{}' } = await new SecretsManagerClient(settings).send(
    new GetSecretValueCommand({ SecretId }),
  );
  const values = JSON.parse(SecretString) as Record<string, string>;
  const credentials = {
    accessKeyId: values[secretKeys.accessKeyId] ?? '',
    secretAccessKey: values[secretKeys.secretAccessKey] ?? '',
  };
  const { Account: account = '', Arn: arn = '' } = await new STSClient({ ...settings, credentials }).send(
    new GetCallerIdentityCommand({}),
  );
  return { account, arn };
}
