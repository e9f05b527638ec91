import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { DeleteNatGatewayCommand, EC2Client } from '@aws-sdk/client-ec2';
import { type LocalAws, startLocalAws } from '../../local-aws/local-aws.ts';
import { pasteLines } from '../../local-aws/paste.ts';
import { buildRelease } from '../release/build-release.ts';
import { administrator, type CustomerAccount, prepareCustomerAccount } from './customer-account.ts';
import { deployRegionalPlatform } from './regional-platform.ts';
import { type Rosactl, rosactlIn } from './rosactl.ts';
import { whatWatches } from './what-watches.ts';

const folder = fileURLToPath(new URL('../..', import.meta.url));

const say = (line: string) => console.log(line);

const heading = (text: string): string => `\n${text}\n${'─'.repeat(text.length)}`;

/** Runs a command that has to end as expected: the journey shows what is, and stops where that is not as it says. */
async function expectExit(expected: number, rosactl: Rosactl, ...argv: string[]): Promise<void> {
  const status = await rosactl(...argv);
  if (status !== expected) {
    throw new Error(`rosactl ${argv[0]} should have ended with ${expected} and ended with ${status}`);
  }
}

const clusterIn = ({ vpcId, privateSubnetIds, publicSubnetIds }: CustomerAccount, name: string): string[] => [
  ...['create', 'cluster', '--name', name, '--vpc-id', vpcId],
  ...['--subnet-ids', [...privateSubnetIds, ...publicSubnetIds].join(',')],
  ...['--instance-types', 'm5.xlarge', '--node-count', '3', '--max-node-count', '6', '--wait'],
];

/** Both sides, from nothing to a cluster that is ready, and one that is not. */
async function journey(aws: LocalAws): Promise<Record<string, string>> {
  say(`A customer's account on your laptop: a VPC over three zones, quotas, roles (${aws.url})`);
  const account = await prepareCustomerAccount(aws);

  say("Red Hat's account beside it: deploying the Platform API and what works behind it (half a minute)");
  const { apiUrl } = await deployRegionalPlatform(aws, { folder });
  say(`  the Platform API is at ${apiUrl}`);

  say('Building rosactl with the functions it deploys (a quarter of a minute)');
  await buildRelease(folder);
  const environment = { ...aws.environment, ROSACTL_PLATFORM_API_URL: apiUrl };
  const rosactl = rosactlIn(folder, environment);

  say(heading('The customer sets the account up'));
  await expectExit(0, rosactl, 'init');
  await expectExit(0, rosactl, 'setup-account');

  say(heading('The customer asks for a cluster, and the platform works in the account'));
  await expectExit(0, rosactl, ...clusterIn(account, 'dev1'));
  await expectExit(0, rosactl, 'describe', 'cluster', 'dev1');

  say(heading(`Another one, after the NAT gateway ${account.natGatewayId} was deleted`));
  const ec2 = new EC2Client(administrator(aws));
  await ec2.send(new DeleteNatGatewayCommand({ NatGatewayId: account.natGatewayId }));
  await expectExit(1, rosactl, ...clusterIn(account, 'dev2'));
  await expectExit(0, rosactl, 'list', 'clusters');

  say(heading('What watches the functions, as AWS lists it'));
  for (const line of await whatWatches(aws)) say(line);
  return environment;
}

/** Leaves everything there for who wants to look around. */
async function untilInterrupted(environment: Record<string, string>): Promise<void> {
  say('\nDone, and left running. Paste this where you want to look around; Ctrl-C here ends it.\n');
  for (const line of pasteLines({ environment })) say(line);
  const patience = setInterval(() => {}, 60_000);
  await Promise.race(['SIGINT', 'SIGTERM'].map((signal) => once(process, signal)));
  clearInterval(patience);
}

const { keep } = parseArgs({ options: { keep: { type: 'boolean', default: false } } }).values;

console.log('Starting the laptop AWS');
const aws = await startLocalAws({ log: (line) => console.log(`  ${line}`) });
try {
  const environment = await journey(aws);
  if (keep) await untilInterrupted(environment);
  else
    say(
      '\nDone. Next: "npm start -- --keep" leaves it running; README.md says how to deploy to a real account.',
    );
} catch (error) {
  console.error(`\nThe journey stopped: ${(error as Error).message}`);
  process.exitCode = 1;
} finally {
  await aws.close();
}
