import { LogFormatter, LogItem } from '@aws-lambda-powertools/logger';
import type { LogAttributes, UnformattedAttributes } from '@aws-lambda-powertools/logger/types';

/** Lays a log record out with the names of docs/logging.md, such as `request_id`, at its top level. */
export class AuditLogFormatter extends LogFormatter {
  override formatAttributes(attributes: UnformattedAttributes, additional: LogAttributes): LogItem {
    const { lambdaContext } = attributes;
    return new LogItem({
      attributes: {
        timestamp: this.formatTimestamp(attributes.timestamp),
        level: attributes.logLevel,
        message: attributes.message,
        service: attributes.serviceName,
        request_id: lambdaContext?.awsRequestId,
        function_arn: lambdaContext?.invokedFunctionArn,
        function_version: lambdaContext?.functionVersion,
        cold_start: lambdaContext?.coldStart,
        xray_trace_id: attributes.xRayTraceId,
      },
    }).addAttributes(additional);
  }
}
