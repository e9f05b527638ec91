import { IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../../local-aws/local-aws.ts';
import { administrator } from '../../../tools/journey/customer-account.ts';
import { accountSnapshot } from '../../support/account-snapshot.ts';
import { builtProject } from '../../support/built-project.ts';
import { ObservedEndpoint } from '../../support/observed-endpoint.ts';
import { TestPlatformApi } from '../../support/platform-api/test-platform-api.ts';
import type { ProjectCopy } from '../../support/project-copy.ts';
import { type Ended, startRosactl } from '../../support/rosactl.ts';

const customer = '123456789012';
const clmRoleArn = 'arn:aws:iam::111122223333:role/CLMServiceRole';

let aws: LocalAws;
let project: ProjectCopy;

beforeAll(async () => {
  [aws, project] = await Promise.all([startLocalAws(), builtProject()]);
}, 120_000);
afterAll(async () => {
  await Promise.all([aws?.close(), project?.remove()]);
});

/** Each works in a region of its own, which is an account of its own but for the names of roles. */
const regions = ['us-east-1', 'us-west-2', 'eu-west-1'];

/** When a run is to be killed. */
interface Moment {
  /** After so many changes, each carried out, the last one's answer held back. */
  changes?: number;
  /** When this line appears: the beginning of a step. */
  line?: string;
}

/** Where a run works. */
interface Place {
  api: TestPlatformApi;
  region: string;
}

interface Run extends Ended {
  /** What it changed, in order. */
  changes: string[];
}

/** Runs rosactl against both services, watched; each run has addresses of its own, so that a killed one is cut off. */
async function run(
  { api, region }: Place,
  argv: string[],
  { changes: last, line }: Moment = {},
): Promise<Run> {
  const changes: string[] = [];
  const kill = () => running.process.kill('SIGKILL');
  const onChange = (action: string) => {
    changes.push(action);
    if (changes.length === last) kill();
  };
  const endpoints = await Promise.all(
    [aws.url, api.url].map((target) => ObservedEndpoint.start(target, onChange)),
  );
  const [AWS_ENDPOINT_URL = '', ROSACTL_PLATFORM_API_URL = ''] = endpoints.map(({ url }) => url);
  // What a killed run has not removed goes with the copy of the project.
  const TMPDIR = project.folder;
  const environment = { ...aws.environment, AWS_ENDPOINT_URL, ROSACTL_PLATFORM_API_URL, TMPDIR };
  const running = startRosactl({ folder: project.folder, environment }, [...argv, '--region', region]);
  running.process.stderr?.on('data', (chunk) => {
    if (line && String(chunk).includes(line)) kill();
  });
  const ended = await running.ended;
  await Promise.all(endpoints.map((endpoint) => endpoint.close()));
  return { ...ended, changes };
}

const startApi = (region: string) =>
  TestPlatformApi.start({
    callers: {
      [aws.environment.AWS_ACCESS_KEY_ID ?? '']: {
        secretAccessKey: aws.environment.AWS_SECRET_ACCESS_KEY ?? '',
        accountId: customer,
      },
    },
    clmRoleArn,
    region,
  });

/** Sets up, killed at the moment, and once more to the end, then removes it all. @returns what each has left behind */
async function setUpKilled(region: string, moment: Moment) {
  const place = { api: await startApi(region), region };
  try {
    const killed = await run(place, ['setup-account', '--skip-init'], moment);
    const finished = await run(place, ['setup-account', '--skip-init']);
    const snapshot = await accountSnapshot(aws, region);
    const registered = [...place.api.accounts.keys()];
    const cleaned = await run(place, ['cleanup-account', '--yes', '--delete-logs']);
    return { killed, finished, snapshot, registered, cleaned };
  } finally {
    await place.api.close();
  }
}

const titlesOf = ({ stderr }: Run): string[] =>
  [...stderr.matchAll(/^(.+ \.\.\.)$/gm)].map(([, line = '']) => line);

async function rolesLeft(): Promise<string[]> {
  const { Roles = [] } = await new IAMClient(administrator(aws)).send(new ListRolesCommand({}));
  return Roles.flatMap(({ RoleName = '' }) => (RoleName.startsWith('rosa-') ? [RoleName] : []));
}

describe('setup-account, killed and run again', () => {
  it('leaves what an uninterrupted run leaves, wherever it was killed', async () => {
    const reference = await setUpKilled('us-east-1', {});
    expect(reference.finished.status).toBe(0);
    const { changes } = reference.killed;
    expect(changes.indexOf('lambda:CreateAlias')).toBeGreaterThan(changes.lastIndexOf('lambda:Invoke'));
    const moments: Moment[] = [
      ...changes.map((_, index) => ({ changes: index + 1 })),
      ...titlesOf(reference.killed).map((line) => ({ line })),
    ];
    expect(moments.length).toBeGreaterThan(30);
    const work = async (region: string) => {
      for (let moment = moments.shift(); moment; moment = moments.shift()) {
        const { killed, finished, ...left } = await setUpKilled(region, moment);
        expect({ moment, status: killed.status }).toEqual({ moment, status: 'SIGKILL' });
        expect({ moment, ...finished }).toMatchObject({ moment, status: 0 });
        expect({ moment, ...left }).toMatchObject({
          moment,
          snapshot: reference.snapshot,
          registered: [customer],
          cleaned: { status: 0 },
        });
      }
    };
    await Promise.all(regions.map(work));
    expect(await rolesLeft()).toEqual([]);
  }, 590_000);
});
