import {
  type CloudWatchLogsClient,
  type FilteredLogEvent,
  paginateFilterLogEvents,
} from '@aws-sdk/client-cloudwatch-logs';
import { unlessMissing } from '../aws/aws-call-error.ts';
import { collect } from '../aws/collect.ts';
import { logGroupOf } from '../customer-stack/log-group-name.ts';
import type { InvocationLogs } from './invocation-logs.ts';
import { type LogLine, recordsIn } from './invocation-record.ts';

const lineOf = ({ eventId, timestamp, logStreamName, message }: FilteredLogEvent): LogLine => ({
  eventId: eventId ?? '',
  timestamp: timestamp ?? 0,
  logStreamName: logStreamName ?? '',
  message: message ?? '',
});

/**
 * Records from the functions' log groups. A page may be empty though there are more:
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
 * The quotes make the hyphens of a request id part of the term:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export const awsInvocationLogs = (client: CloudWatchLogsClient): InvocationLogs => ({
  records: async (functionName, { since, until, requestId }) => {
    const pages = paginateFilterLogEvents(
      { client },
      {
        logGroupName: logGroupOf(functionName),
        startTime: since.getTime(),
        endTime: until?.getTime(),
        filterPattern: requestId && `"${requestId}"`,
      },
    );
    const events = await unlessMissing(collect('logs:FilterLogEvents', pages, (page) => page.events));
    return events && recordsIn(functionName, events.map(lineOf));
  },
});
