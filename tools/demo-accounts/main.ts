import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type LocalAws, startLocalAws } from '../../local-aws/local-aws.ts';
import { deployAccountsService } from './accounts-service.ts';
import { identityOf, secretNames, tableOf, untilReady } from './filled-pool.ts';

const folder = fileURLToPath(new URL('../..', import.meta.url));

const say = (line: string) => console.log(line);

const heading = (text: string): string => `\n${text}\n${'─'.repeat(text.length)}`;

/** Runs accountctl as a person would, and shows what it prints. */
async function accountctl(aws: LocalAws, ...words: string[]): Promise<void> {
  say(`$ accountctl ${words.join(' ')}`);
  const child = spawn(process.execPath, ['accounts/accountctl/main.ts', ...words], {
    cwd: folder,
    env: { ...process.env, ...aws.environment },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [status] = await once(child, 'exit');
  if (status !== 0) throw new Error(`accountctl ${words[0]} ended with ${status}`);
}

/** From an organization without accounts to a pool of three. */
async function demo(aws: LocalAws): Promise<void> {
  say(`An organization on your laptop (${aws.url}): deploying the accounts service into its payer account`);
  await deployAccountsService(aws, { folder });

  say(heading('A pool of three'));
  await accountctl(aws, 'apply', '-f', 'accounts/examples/pool-of-three.yaml');
  const accounts = await untilReady(tableOf(aws), 3, {
    seconds: 240,
    tell: (summary) => say(`  ${summary}`),
  });

  say(heading('The pool and its accounts'));
  await accountctl(aws, 'get', 'accountpools');
  await accountctl(aws, 'get', 'accounts', '-o', 'wide');

  say(heading('Their secrets'));
  for (const name of await secretNames(aws)) say(`  ${name}`);

  say(heading('Who AWS says the stored keys belong to (sts:GetCallerIdentity)'));
  for (const account of accounts) {
    const identity = await identityOf(aws, account);
    if (identity.account !== account.spec.awsAccountID) throw new Error(`${identity.arn} is a stranger`);
    say(`  ${account.metadata.name}  ${identity.arn}`);
  }
}

say('Starting the laptop AWS');
const aws = await startLocalAws({ enforceIam: true, log: (line) => say(`  ${line}`) });
try {
  await demo(aws);
  say('\nDone. docs/accounts/README.md says how to run it for real.');
} catch (error) {
  console.error(`\nThe demo stopped: ${(error as Error).message}`);
  process.exitCode = 1;
} finally {
  await aws.close();
}
