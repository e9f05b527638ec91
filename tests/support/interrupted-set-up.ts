import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { S3Client } from '@aws-sdk/client-s3';
import { type LocalAws, startLocalAws } from '../../local-aws/local-aws.ts';
import { cloudFormationStack } from '../../shared/customer-stack/cloudformation-stack.ts';
import { logGroupOf } from '../../shared/customer-stack/log-group-name.ts';
import { deleteLogGroup } from '../../shared/customer-stack/log-groups.ts';
import { administrator } from '../../tools/journey/customer-account.ts';
import { accountSnapshot, functionNames } from './account-snapshot.ts';
import { builtProject } from './built-project.ts';
import type { Ended } from './ended.ts';
import { ObservedEndpoint } from './observed-endpoint.ts';
import { platformApiFor } from './platform-api/for-laptop.ts';
import type { TestPlatformApi } from './platform-api/test-platform-api.ts';
import type { ProjectCopy } from './project-copy.ts';
import { startRosactl } from './rosactl.ts';

/** When a run is to be killed. */
export interface Moment {
  /** After so many changes, each carried out, the last one's answer held back. */
  changes?: number;
  /** When this line appears: the beginning of a step. */
  line?: string;
}

/** How a run ended, and what it changed, in order. */
export interface Run extends Ended {
  changes: string[];
}

/** What a killed run and the next one have done, and what is there then. */
export interface Aftermath {
  killed: Run;
  finished: Run;
  snapshot: string;
  registered: string[];
}

/** The titles of a run's steps, as it prints them when it begins them. */
export const stepsOf = ({ stderr }: Run): string[] =>
  [...stderr.matchAll(/^(.+ \.\.\.)$/gm)].map(([, line = '']) => line);

/** A laptop AWS and a built rosactl that is killed and run again. */
export class InterruptedSetUp {
  readonly aws: LocalAws;
  readonly #project: ProjectCopy;

  private constructor(aws: LocalAws, project: ProjectCopy) {
    this.aws = aws;
    this.#project = project;
  }

  static async start(): Promise<InterruptedSetUp> {
    return new InterruptedSetUp(...(await Promise.all([startLocalAws(), builtProject()])));
  }

  async stop(): Promise<void> {
    await Promise.all([this.aws.close(), this.#project.remove()]);
  }

  /** Sets a region up, killed at the moment, and once more to the end; then makes the region empty again. */
  async killAndFinish(region: string, moment: Moment): Promise<Aftermath> {
    const api = await platformApiFor(this.aws, { region });
    try {
      const killed = await this.#setUp(region, api, moment);
      const finished = await this.#setUp(region, api);
      // What a run that failed has left would fail to be read, and hide what the run said.
      const snapshot = finished.status === 0 ? await accountSnapshot(this.aws, region) : '';
      return { killed, finished, snapshot, registered: [...api.accounts.keys()] };
    } finally {
      await Promise.all([api.close(), this.#empty(region)]);
    }
  }

  /** Each run has addresses of its own, so that what a killed one has started is cut off from both services. */
  async #setUp(region: string, api: TestPlatformApi, { changes: last, line }: Moment = {}): Promise<Run> {
    const changes: string[] = [];
    const kill = () => running.process.kill('SIGKILL');
    const onChange = (action: string) => {
      changes.push(action);
      if (changes.length === last) kill();
    };
    const endpoints = await Promise.all(
      [this.aws.url, api.url].map((target) => ObservedEndpoint.start(target, onChange)),
    );
    const [AWS_ENDPOINT_URL = '', ROSACTL_PLATFORM_API_URL = ''] = endpoints.map(({ url }) => url);
    // What a killed run has not removed goes with the copy of the project.
    const TMPDIR = this.#project.folder;
    const environment = { ...this.aws.environment, AWS_ENDPOINT_URL, ROSACTL_PLATFORM_API_URL, TMPDIR };
    const argv = ['setup-account', '--skip-init', '--region', region];
    const running = startRosactl({ folder: this.#project.folder, environment }, argv);
    running.process.stderr?.on('data', (chunk) => {
      if (line && String(chunk).includes(line)) kill();
    });
    const ended = await running.ended;
    await Promise.all(endpoints.map((endpoint) => endpoint.close()));
    return { ...ended, changes };
  }

  async #empty(region: string): Promise<void> {
    const config = { ...administrator(this.aws), region };
    await cloudFormationStack(new CloudFormationClient(config), new S3Client(config)).remove();
    const logs = new CloudWatchLogsClient(config);
    await Promise.all(functionNames.map((name) => deleteLogGroup(logs, logGroupOf(name))));
  }
}
