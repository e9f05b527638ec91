import {
  CloudWatchLogsClient,
  DeleteLogGroupCommand,
  DescribeLogGroupsCommand,
  paginateFilterLogEvents,
} from '@aws-sdk/client-cloudwatch-logs';
import { IAMClient } from '@aws-sdk/client-iam';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { type LocalAws, startLocalAws } from '../../local-aws/local-aws.ts';
import { deploy } from '../../tools/deploy.ts';
import { administrator } from '../../tools/journey/customer-account.ts';
import type { LogRecord } from './captured-output.ts';
import { eager } from './eager.ts';
import { installService } from './installed-service.ts';
import { readOnly } from './observed-endpoint.ts';
import { copyProject, type ProjectCopy } from './project-copy.ts';

/** Starting, packaging and deploying on a busy machine with two cores. */
export const deployTimeoutMs = 180_000;

/** How an invocation ended, as an AWS client sees it. */
export interface Outcome {
  /** Set when the function failed. */
  functionError?: string;
  version?: string;
  // The answer of a function is checked against its schema by the tests that look at it.
  // biome-ignore lint/suspicious/noExplicitAny: tests read fields of it freely
  answer: any;
}

/** A call that the laptop AWS remembers. */
interface Call {
  service: string;
  action: string;
  account: string;
  principalArn: string;
  changes: boolean;
  /** The function that made it, if one did. */
  function?: string;
}

/** A laptop AWS with a copy of the project to deploy from, and ordinary SDK clients. */
export class Laptop {
  readonly aws: LocalAws;
  readonly project: ProjectCopy;
  readonly lambda: LambdaClient;
  readonly iam: IAMClient;
  private readonly logs: CloudWatchLogsClient;

  private constructor(aws: LocalAws, project: ProjectCopy) {
    this.aws = aws;
    this.project = project;
    this.lambda = new LambdaClient(administrator(aws));
    this.iam = new IAMClient(administrator(aws));
    this.logs = new CloudWatchLogsClient(administrator(aws));
  }

  static async start(options: { enforceIam?: boolean } = {}): Promise<Laptop> {
    const [aws, project] = await Promise.all([startLocalAws(options), copyProject()]);
    return new Laptop(aws, project);
  }

  async stop(): Promise<void> {
    await Promise.all([this.aws.close(), this.project.remove()]);
  }

  /** Runs `serverless deploy` in the copy and gives back what it printed. */
  deploy(stage: string, parameters: Record<string, string> = {}): Promise<string> {
    const environment = { ...this.aws.environment, ...eager() };
    return deploy({ stage, parameters, environment, folder: this.project.folder });
  }

  /** Does the same to the account as a deploy to prod, but quickly: for tests of what is there then. */
  install(parameters: Record<string, string> = {}): Promise<void> {
    return installService(administrator(this.aws), parameters);
  }

  /** Invokes a function with a request, or with a payload as it is when that is a string. */
  async invoke(functionName: string, request: unknown, qualifier = 'prod'): Promise<Outcome> {
    const payload = typeof request === 'string' ? request : JSON.stringify(request);
    const command = new InvokeCommand({
      FunctionName: functionName,
      Qualifier: qualifier,
      Payload: Buffer.from(payload),
    });
    const output = await this.lambda.send(command);
    return {
      functionError: output.FunctionError,
      version: output.ExecutedVersion,
      answer: JSON.parse(output.Payload?.transformToString() ?? 'null'),
    };
  }

  /** The lines a function has written to CloudWatch Logs. */
  async logLines(functionName: string): Promise<string[]> {
    const lines: string[] = [];
    const pages = paginateFilterLogEvents(
      { client: this.logs },
      { logGroupName: `/aws/lambda/${functionName}` },
    );
    for await (const page of pages)
      lines.push(...(page.events ?? []).flatMap(({ message }) => message ?? []));
    return lines;
  }

  /** The structured records among them. */
  async logRecords(functionName: string): Promise<LogRecord[]> {
    const lines = await this.logLines(functionName);
    return lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as LogRecord);
  }

  /** The days a function's log group keeps records; undefined without a log group. */
  async logRetention(functionName: string): Promise<number | undefined> {
    const command = new DescribeLogGroupsCommand({ logGroupNamePrefix: `/aws/lambda/${functionName}` });
    const { logGroups = [] } = await this.logs.send(command);
    return logGroups[0]?.retentionInDays;
  }

  async deleteLogGroup(functionName: string): Promise<void> {
    await this.logs.send(new DeleteLogGroupCommand({ logGroupName: `/aws/lambda/${functionName}` }));
  }

  /** Makes the next calls of an action fail or wait: see local-aws/README.md. */
  async fault(fault: object): Promise<void> {
    await this.control('POST', 'faults', fault);
  }

  /** The faults that have not all been met yet. */
  async faults(): Promise<unknown[]> {
    return (await (await this.control('GET', 'faults')).json()) as unknown[];
  }

  async clearFaults(): Promise<void> {
    await this.control('DELETE', 'faults');
  }

  async forgetCalls(): Promise<void> {
    await this.control('DELETE', 'calls');
  }

  /** All calls since they were last forgotten, in the order in which they ended. */
  async calls(): Promise<Call[]> {
    return (await (await this.control('GET', 'calls')).json()) as Call[];
  }

  /** The AWS calls that functions have made with their own roles since they were last forgotten. */
  async callsByFunctions(): Promise<string[]> {
    return (await this.calls())
      .filter(({ service, principalArn }) => principalArn.includes(':assumed-role/') && service !== 'logs')
      .map(({ service, action }) => `${service}:${action}`);
  }

  /** The calls by which each function has changed something since they were last forgotten, in order. */
  async changesByFunction(): Promise<Record<string, string[]>> {
    const calls = (await this.calls()).filter((call) => call.changes && call.function);
    const byFunction = Map.groupBy(calls, (call) => call.function ?? '');
    return Object.fromEntries(
      [...byFunction].map(([name, made]) => [
        name,
        made.map(({ service, action }) => `${service}:${action}`),
      ]),
    );
  }

  /** The calls from outside that have changed something since they were last forgotten, in order. */
  async changes(): Promise<string[]> {
    return (await this.calls())
      .filter(
        ({ action, principalArn }) => !principalArn.includes(':assumed-role/') && !readOnly.test(action),
      )
      .map(({ service, action }) => `${service}:${action}`);
  }

  private async control(method: string, path: string, body?: object): Promise<Response> {
    const response = await fetch(`${this.aws.url}/_local-aws/${path}`, {
      method,
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path} was refused: ${await response.text()}`);
    return response;
  }
}
