/** A received message, as moto has it. */
export type QueueMessage = {
  messageId: string;
  receiptHandle: string;
  body: string;
  md5OfBody: string;
  md5OfMessageAttributes: string | null;
  messageAttributes: Record<string, { DataType: string; StringValue?: string; BinaryValue?: string }>;
  receiveCount: number;
  sentTimestamp: number;
  firstReceiveTimestamp: number;
  senderId: string;
  groupId: string | null;
  deduplicationId: string | null;
  sequenceNumber: string | null;
};

function messageAttribute({ DataType, StringValue, BinaryValue }: QueueMessage['messageAttributes'][string]) {
  const value = BinaryValue ? { binaryValue: BinaryValue } : { stringValue: StringValue };
  return { ...value, stringListValues: [], binaryListValues: [], dataType: DataType };
}

function systemAttributes(message: QueueMessage): Record<string, string> {
  const { groupId, deduplicationId, sequenceNumber } = message;
  return {
    ApproximateReceiveCount: String(message.receiveCount),
    SentTimestamp: String(message.sentTimestamp),
    ...(sequenceNumber && { SequenceNumber: sequenceNumber }),
    ...(groupId && { MessageGroupId: groupId }),
    SenderId: message.senderId,
    ...(deduplicationId && { MessageDeduplicationId: deduplicationId }),
    ApproximateFirstReceiveTimestamp: String(message.firstReceiveTimestamp),
  };
}

/** The event of a batch of messages: https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
export function queueEvent(messages: QueueMessage[], queueArn: string) {
  const Records = messages.map((message) => ({
    messageId: message.messageId,
    receiptHandle: message.receiptHandle,
    body: message.body,
    attributes: systemAttributes(message),
    messageAttributes: Object.fromEntries(
      Object.entries(message.messageAttributes).map(([name, value]) => [name, messageAttribute(value)]),
    ),
    ...(message.md5OfMessageAttributes && { md5OfMessageAttributes: message.md5OfMessageAttributes }),
    md5OfBody: message.md5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: queueArn.split(':')[3],
  }));
  return { Records };
}
