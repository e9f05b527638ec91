import {
  type CloudWatchLogsClient,
  DescribeLogStreamsCommand,
  paginateFilterLogEvents,
} from '@aws-sdk/client-cloudwatch-logs';
import { awsCall, unlessMissing } from '../aws/aws-call-error.ts';
import { logGroupOf } from '../customer-stack/log-group-name.ts';
import { findLogGroup } from '../customer-stack/log-groups.ts';
import type { FunctionLogGroups } from './retention.ts';

/** When the newest stream was last known to be written; undefined when there is no stream, or no group. */
async function lastKnownEvent(
  client: CloudWatchLogsClient,
  logGroupName: string,
): Promise<number | undefined> {
  const command = new DescribeLogStreamsCommand({
    logGroupName,
    orderBy: 'LastEventTime',
    descending: true,
    limit: 1,
  });
  const call = awsCall('logs:DescribeLogStreams', () => client.send(command));
  const [newest] = (await unlessMissing(call))?.logStreams ?? [];
  return newest && (newest.lastEventTimestamp ?? newest.creationTime ?? 0);
}

/**
 * Pages of events that are read, of up to 10,000 each. A stream tells of its last event within the hour, as a rule, so
 * there are few. Of a function that is busier, the time that is told is earlier than the last event, never later.
 */
const maxPages = 10;

/** Time of the newest event since a time, as far as it is among the first pages; that time when there is none. */
async function newestEvent(
  client: CloudWatchLogsClient,
  logGroupName: string,
  startTime: number,
): Promise<number> {
  let newest = startTime;
  let pages = 0;
  for await (const { events = [] } of paginateFilterLogEvents({ client }, { logGroupName, startTime })) {
    newest = events.reduce((latest, { timestamp = 0 }) => Math.max(latest, timestamp), newest);
    pages += 1;
    if (pages === maxPages) break;
  }
  return newest;
}

/** The log groups that the client's credentials and region reach. */
export const awsFunctionLogGroups = (client: CloudWatchLogsClient): FunctionLogGroups => ({
  retention: async (functionName) => {
    const group = await findLogGroup(client, logGroupOf(functionName));
    return group ? (group.retentionInDays ?? 'never expires') : 'no log group';
  },

  // What a stream says of its last event may be an hour old, and is never too young. So the events since are read:
  // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_LogStream.html
  lastEvent: async (functionName) => {
    const logGroupName = logGroupOf(functionName);
    const startTime = await lastKnownEvent(client, logGroupName);
    if (startTime === undefined) return undefined;
    const read = () => newestEvent(client, logGroupName, startTime);
    return new Date(await awsCall('logs:FilterLogEvents', read));
  },
});
