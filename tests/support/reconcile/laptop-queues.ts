import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { SQSEvent } from 'aws-lambda';

/** The driver's two queues on the laptop AWS. */
export interface LaptopQueues {
  workQueueUrl: string;
  timersQueueUrl: string;
}

async function createQueue(sqs: SQSClient, QueueName: string, Attributes: Record<string, string> = {}) {
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
  if (!QueueUrl) throw new Error(`no URL of ${QueueName}`);
  return QueueUrl;
}

/** Makes them, as the services' templates do. */
export async function createQueues(sqs: SQSClient, name: string): Promise<LaptopQueues> {
  return {
    workQueueUrl: await createQueue(sqs, `${name}-work.fifo`, { FifoQueue: 'true' }),
    timersQueueUrl: await createQueue(sqs, `${name}-timers`),
  };
}

/** What can be received at once, as Lambda is given it; waits for the first, so many seconds at most. */
export async function receive(sqs: SQSClient, QueueUrl: string, WaitTimeSeconds = 0): Promise<SQSEvent> {
  const command = new ReceiveMessageCommand({
    QueueUrl,
    MaxNumberOfMessages: 10,
    WaitTimeSeconds,
    MessageSystemAttributeNames: ['All'],
  });
  const { Messages = [] } = await sqs.send(command);
  return { Records: Messages.map(recordOf) };
}

const recordOf = ({ MessageId = '', ReceiptHandle = '', Body = '', Attributes = {} }: Message) => ({
  messageId: MessageId,
  receiptHandle: ReceiptHandle,
  body: Body,
  attributes: Attributes as unknown as SQSEvent['Records'][number]['attributes'],
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: 'arn:aws:sqs:us-east-1:123456789012:queue',
  awsRegion: 'us-east-1',
});

/** Takes what was done off the queue, as Lambda does. */
export async function remove(sqs: SQSClient, QueueUrl: string, { Records }: SQSEvent): Promise<void> {
  for (const { receiptHandle } of Records) {
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: receiptHandle }));
  }
}

/** Has what was not done delivered again at once; Lambda leaves that to the queue's visibility timeout. */
export async function giveBack(sqs: SQSClient, QueueUrl: string, { Records }: SQSEvent): Promise<void> {
  for (const { receiptHandle } of Records) {
    const back = { QueueUrl, ReceiptHandle: receiptHandle, VisibilityTimeout: 0 };
    await sqs.send(new ChangeMessageVisibilityCommand(back));
  }
}
