import { parseArgs } from 'node:util';
import { CreateOrganizationCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { type LocalAws, startLocalAws } from '../../local-aws/local-aws.ts';
import { administrator } from '../../tools/journey/customer-account.ts';
import { type AmongAccounts, accountsVerdicts } from './budgets.ts';
import { fillWithCrowd } from './crowd.ts';
import { type Filling, fill, type OwnTimes } from './filling.ts';
import { looksOfALife, nameOfPool } from './looks.ts';
import { throttleEachService } from './throttle.ts';
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

/** The looks of a life in a table with so many accounts. @param trouble brought over AWS before it begins */
async function among(
  aws: LocalAws,
  accounts: number,
  trouble?: (aws: LocalAws) => Promise<void>,
): Promise<AmongAccounts> {
  const name = `${trouble ? 'limited' : 'among'}-${accounts}`;
  log(`Filling a table with ${accounts} accounts`);
  const worker = await WorkerAtHand.start(aws, name);
  try {
    await fillWithCrowd(worker.documentClient, { table: worker.table, pool: nameOfPool, accounts });
    await trouble?.(aws);
    log('  a pool, and the life of an account of it');
    return { accounts, looks: await looksOfALife(worker) };
  } finally {
    worker.close();
  }
}

log('Starting the laptop AWS');
const aws = await startLocalAws({ log: (line) => log(`  ${line}`) });
try {
  await new OrganizationsClient(administrator(aws)).send(new CreateOrganizationCommand({}));
  const few = await among(aws, 10);
  const many = await among(aws, wanted.accounts);
  log('The same while AWS limits calls');
  const throttled = await among(aws, 10, throttleEachService);
  const fillings: Filling[] = [];
  for (const times of awsTimes) {
    log(`Filling a pool of ${wanted.pool} in virtual time, ${times.atOnce} at a time`);
    fillings.push(await fill(times, wanted.pool));
  }
  const budgets = accountsVerdicts({ few, many, throttled, fillings });
  console.log(JSON.stringify({ few, many, throttled, fillings, budgets }, undefined, 2));
  if (values.check && budgets.some(({ kept }) => !kept)) process.exitCode = 1;
} finally {
  await aws.close();
}
