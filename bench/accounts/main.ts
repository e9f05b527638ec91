import { parseArgs } from 'node:util';
import { CreateOrganizationCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { type LocalAws, startLocalAws } from '../../local-aws/local-aws.ts';
import { administrator } from '../../tools/journey/customer-account.ts';
import { type AmongAccounts, accountsVerdicts } from './budgets.ts';
import { fillWithCrowd } from './crowd.ts';
import { type Filling, fill, type OwnTimes } from './filling.ts';
import { looksOfALife, nameOfPool } from './looks.ts';
import { limitingCalls } from './throttle.ts';
import { WorkerAtHand } from './worker-at-hand.ts';

const log = (line: string) => console.error(line);

const { values } = parseArgs({
  options: {
    accounts: { type: 'string', default: '10000' },
    pool: { type: 'string', default: '100' },
    check: { type: 'boolean', default: false },
  },
});
const wanted = { accounts: Number(values.accounts), pool: Number(values.pool) };

/** An AWS that makes one account at a time, one that makes five, and one that takes few cases. */
const awsTimes: OwnTimes[] = [
  { creation: 60, atOnce: 1, instance: 30, supportCase: 600, casesPerHour: 1_000 },
  { creation: 60, atOnce: 5, instance: 30, supportCase: 600, casesPerHour: 1_000 },
  { creation: 60, atOnce: 5, instance: 30, supportCase: 600, casesPerHour: 10 },
];

/** The looks of a life in a table with so many accounts. @param around each look */
async function among(
  aws: LocalAws,
  accounts: number,
  { table, around }: { table: string; around?: Parameters<typeof looksOfALife>[1] },
): Promise<AmongAccounts> {
  const worker = await WorkerAtHand.start(aws, table);
  try {
    log(`  filling the table ${table}`);
    await fillWithCrowd(worker.documentClient, { table, pool: nameOfPool, accounts });
    log('  a pool, and the life of an account of it');
    return { accounts, looks: await looksOfALife(worker, around) };
  } finally {
    worker.close();
  }
}

log('Starting the laptop AWS');
const aws = await startLocalAws({ log: (line) => log(`  ${line}`) });
try {
  await new OrganizationsClient(administrator(aws)).send(new CreateOrganizationCommand({}));
  log('Among 10 accounts');
  const few = await among(aws, 10, { table: 'few' });
  log(`Among ${wanted.accounts} accounts`);
  const many = await among(aws, wanted.accounts, { table: 'many' });
  log('Among 10 accounts, while AWS limits calls');
  const limited = await among(aws, 10, { table: 'limited', around: limitingCalls(aws) });
  const fillings: Filling[] = [];
  for (const times of awsTimes) {
    log(`Filling a pool of ${wanted.pool} in virtual time, ${times.atOnce} at a time`);
    fillings.push(await fill(times, wanted.pool));
  }
  const budgets = accountsVerdicts({ few, many, limited, fillings });
  console.log(JSON.stringify({ few, many, limited, fillings, budgets }, undefined, 2));
  if (values.check && budgets.some(({ kept }) => !kept)) process.exitCode = 1;
} finally {
  await aws.close();
}
