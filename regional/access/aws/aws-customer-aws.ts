import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import {
  GetFunctionConfigurationCommand,
  InvokeCommand,
  type LambdaClient,
  ListTagsCommand,
  paginateListFunctions,
} from '@aws-sdk/client-lambda';
import {
  paginateGetResources,
  type ResourceGroupsTaggingAPIClient,
  type ResourceTagMapping,
} from '@aws-sdk/client-resource-groups-tagging-api';
import { awsCall, unlessMissing } from '../../../shared/aws/aws-call-error.ts';
import { collect } from '../../../shared/aws/collect.ts';
import { awsInvocationLogs } from '../../../shared/logs/aws-invocation-logs.ts';
import type { CustomerAws, TaggedFunction } from '../customer-aws.ts';

/** Clients of one account and region. */
export interface CustomerClients {
  /** One that tries once: what a function does must not be counted twice. */
  invoking: LambdaClient;
  lambda: LambdaClient;
  tagging: ResourceGroupsTaggingAPIClient;
  logs: CloudWatchLogsClient;
}

const componentTag = 'rosa:component';

const componentOf = ({ ResourceARN: arn, Tags = [] }: ResourceTagMapping): TaggedFunction[] => {
  // What has lost its tags is listed on without them.
  const component = Tags.find(({ Key }) => Key === componentTag)?.Value;
  return arn && component ? [{ arn, component }] : [];
};

/** ListTags allows few calls a second: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html#api-requests */
const atOnce = 5;

async function inBatches<Item, Value>(
  items: Item[],
  work: (item: Item) => Promise<Value[]>,
): Promise<Value[]> {
  const found: Value[] = [];
  for (let from = 0; from < items.length; from += atOnce) {
    found.push(...(await Promise.all(items.slice(from, from + atOnce).map(work))).flat());
  }
  return found;
}

async function componentTagOf(lambda: LambdaClient, arn: string, abortSignal: AbortSignal) {
  const command = new ListTagsCommand({ Resource: arn });
  const output = await unlessMissing(awsCall('lambda:ListTags', () => lambda.send(command, { abortSignal })));
  const component = output?.Tags?.[componentTag];
  return component ? [{ arn, component }] : [];
}

/** The account that the clients' credentials and ARNs lead to. */
export const awsCustomerAws = ({ invoking, lambda, tagging, logs }: CustomerClients): CustomerAws => ({
  logs: awsInvocationLogs(logs),

  invoke: async ({ functionArn, payload, asynchronously }, abortSignal) => {
    const command = new InvokeCommand({
      FunctionName: functionArn,
      InvocationType: asynchronously ? 'Event' : 'RequestResponse',
      Payload: Buffer.from(payload),
    });
    const output = await awsCall('lambda:InvokeFunction', () => invoking.send(command, { abortSignal }));
    const { FunctionError: functionError, ExecutedVersion: version, $metadata, Payload } = output;
    return {
      requestId: $metadata.requestId ?? '',
      payload: Payload?.transformToString() ?? '',
      ...(functionError && { functionError }),
      ...(version && { version }),
    };
  },

  tagged: async (abortSignal) => {
    const input = {
      ResourceTypeFilters: ['lambda:function'],
      TagFilters: [{ Key: componentTag }],
      ResourcesPerPage: 100,
    };
    const pages = paginateGetResources({ client: tagging }, input, { abortSignal });
    const found = await collect('tag:GetResources', pages, (page) => page.ResourceTagMappingList);
    return found.flatMap(componentOf);
  },

  listed: async (abortSignal) => {
    const pages = paginateListFunctions({ client: lambda }, {}, { abortSignal });
    const found = await collect('lambda:ListFunctions', pages, (page) => page.Functions);
    const arns = found.flatMap(({ FunctionArn }) => FunctionArn ?? []);
    return inBatches(arns, (arn) => componentTagOf(lambda, arn, abortSignal));
  },

  codeSha256: async (functionArn, abortSignal) => {
    const command = new GetFunctionConfigurationCommand({ FunctionName: functionArn });
    const action = 'lambda:GetFunctionConfiguration';
    const found = await unlessMissing(awsCall(action, () => lambda.send(command, { abortSignal })));
    return found?.CodeSha256;
  },
});
