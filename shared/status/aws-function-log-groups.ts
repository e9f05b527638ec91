import {
  type CloudWatchLogsClient,
  DescribeLogStreamsCommand,
  paginateFilterLogEvents,
} from '@aws-sdk/client-cloudwatch-logs';
import { awsCall, unlessMissing } from '../aws/aws-call-error.ts';
import { collect } from '../aws/collect.ts';
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
    const pages = paginateFilterLogEvents({ client }, { logGroupName, startTime });
    const events = await collect('logs:FilterLogEvents', pages, (page) => page.events);
    return new Date(Math.max(startTime, ...events.map(({ timestamp }) => timestamp ?? 0)));
  },
});
