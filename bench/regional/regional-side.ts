import { setTimeout as sleep } from 'node:timers/promises';
import { CloudWatchLogsClient, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import type { Call } from '../../local-aws/call-log.ts';
import type { LocalAws } from '../../local-aws/local-aws.ts';
import { httpPlatformApi } from '../../shared/platform-api/http-platform-api.ts';
import type { PlatformApi } from '../../shared/platform-api/platform-api.ts';
import { regionalAdministrator } from '../../tools/journey/regional-platform.ts';
import { callsTo } from '../aws-calls.ts';
import type { StubAccount } from './stub-accounts.ts';

/** A record that the worker has written, as far as it is looked at. */
export interface WorkerRecord {
  message: string;
  outcome?: string;
  /** Of a reconcile: how often it was looked at. */
  attempts?: number;
  kind?: string;
  /** Of a reconcile or a step, milliseconds. */
  duration?: number;
  duration_ms?: number;
  name?: string;
  cluster_id?: string;
}

/** The Platform API, asked by the administrator of an account. */
export const platformApiOf = (baseUrl: string, { settings }: StubAccount): PlatformApi =>
  httpPlatformApi({
    baseUrl,
    region: settings.region,
    version: 'v1',
    credentials: async () => settings.credentials,
    retryPolicy: { attempts: 6, firstPauseMs: 500, random: Math.random, sleep },
    timeoutMs: 60_000,
    userAgent: 'bench',
  });

/** What the worker has logged since a time, in milliseconds since 1970. */
export async function workerRecords(aws: LocalAws, startTime: number): Promise<WorkerRecord[]> {
  const logs = new CloudWatchLogsClient(await regionalAdministrator(aws));
  const pages = paginateFilterLogEvents(
    { client: logs },
    { logGroupName: '/aws/lambda/rosa-regional-worker', startTime },
  );
  const records: WorkerRecord[] = [];
  for await (const { events = [] } of pages) {
    const lines = events.flatMap(({ message = '' }) => (message.startsWith('{') ? [message] : []));
    records.push(...lines.map((line) => JSON.parse(line) as WorkerRecord));
  }
  return records;
}

/** Calls of the worker since they were last forgotten. */
export async function workerCalls(aws: LocalAws): Promise<Call[]> {
  return (await callsTo(aws)).filter((call) => call.function === 'rosa-regional-worker');
}
