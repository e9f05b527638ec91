import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startLocalAws } from '../../local-aws/local-aws.ts';
import { parseBaseUrl } from '../../shared/platform-api/base-url.ts';
import { deployRegionalPlatform } from '../../tools/journey/regional-platform.ts';
import { regionalVerdicts } from './budgets.ts';
import type { Customer } from './clusters.ts';
import { atOnce, oneByOne } from './measure.ts';
import { platformApiOf } from './regional-side.ts';
import { stubAccount } from './stub-accounts.ts';

const folder = fileURLToPath(new URL('../..', import.meta.url));
const log = (line: string) => console.error(line);

const { values } = parseArgs({
  options: {
    clusters: { type: 'string', default: '1000' },
    accounts: { type: 'string', default: '50' },
    check: { type: 'boolean', default: false },
  },
});
const wanted = { clusters: Number(values.clusters), accounts: Number(values.accounts) };

/** Accounts of their own numbers: 200000000001 and so on. */
const accountIds = Array.from({ length: wanted.accounts }, (_, index) => String(200_000_000_001 + index));

async function register({ accountId, platformApi }: Customer): Promise<void> {
  const arn = (component: string) => `arn:aws:lambda:us-east-1:${accountId}:function:rosa-${component}:prod`;
  await platformApi.registerAccount({
    accountId,
    region: 'us-east-1',
    authentication: 'resource-policy',
    accessMode: 'lambda',
    functions: {
      oidcProvisioner: arn('oidc-provisioner'),
      preflightChecker: arn('preflight-checker'),
      networkVerifier: arn('network-verifier'),
    },
  });
}

log('Starting the laptop AWS');
const aws = await startLocalAws({ log: (line) => log(`  ${line}`) });
try {
  log('Deploying the regional service');
  const { apiUrl } = await deployRegionalPlatform(aws, { folder, parameters: { workerConcurrency: '8' } });
  const baseUrl = parseBaseUrl(apiUrl).url;
  log(`Making ${wanted.accounts} accounts with functions that answer at once`);
  const customers: Customer[] = [];
  for (const accountId of accountIds) {
    const account = await stubAccount(aws, accountId);
    const customer = { ...account, platformApi: platformApiOf(baseUrl, account) };
    await register(customer);
    customers.push(customer);
  }
  const [first] = customers;
  if (!first) throw new Error('give --accounts 1 or more');
  log('Clusters one after the other');
  await oneByOne(aws, first, { count: 3, name: 'warm' }, log);
  const lone = await oneByOne(aws, first, { count: 20, name: 'one' }, log);
  log(`${wanted.clusters} clusters at once`);
  const burst = await atOnce(aws, customers, wanted.clusters, log);
  const budgets = regionalVerdicts(lone, burst);
  console.log(JSON.stringify({ lone, burst, budgets }, undefined, 2));
  if (values.check && budgets.some(({ kept }) => !kept)) process.exitCode = 1;
} finally {
  await aws.close();
}
