import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord, DynamoDBStreamEvent, SQSEvent, SQSRecord } from 'aws-lambda';
import type { Change } from '../../../shared/reconcile/stream-changes.ts';
import { bodyOf } from '../../../shared/reconcile/work-messages.ts';
import { keyOf, type Resource, type ResourceKey } from '../../../shared/resources/resource.ts';
import { itemKeyOf, itemOf } from '../../../shared/resources/stored-item.ts';

const sqsRecord = (body: string, index: number): SQSRecord => ({
  messageId: `message-${index}`,
  receiptHandle: `receipt-${index}`,
  body,
  attributes: {
    ApproximateReceiveCount: '1',
    SentTimestamp: '0',
    SenderId: 'x',
    ApproximateFirstReceiveTimestamp: '0',
  },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: 'arn:aws:sqs:us-east-1:123456789012:work',
  awsRegion: 'us-east-1',
});

/** What SQS delivers: messages that name resources, or have whatever body. Their ids are message-0, message-1, … */
export const sqsEvent = (...messages: (ResourceKey | string)[]): SQSEvent => ({
  Records: messages.map((one, index) =>
    sqsRecord(typeof one === 'string' ? one : bodyOf({ key: one }), index),
  ),
});

type Image = NonNullable<DynamoDBRecord['dynamodb']>['NewImage'];

/** As the stream has an item. */
export const imageOf = (item: object): Image => marshall(item, { removeUndefinedValues: true }) as Image;

const imageOfResource = (resource: Resource | undefined): Image => resource && imageOf(itemOf(resource, []));

/** A record of the table's stream. */
export function streamRecord({ before, after }: Change, eventID: string): DynamoDBRecord {
  const resource = after ?? before;
  if (!resource) throw new Error('a change is one of a resource');
  const [OldImage, NewImage] = [imageOfResource(before), imageOfResource(after)];
  const eventName = !before ? 'INSERT' : after ? 'MODIFY' : 'REMOVE';
  const Keys = imageOf(itemKeyOf(keyOf(resource)));
  const dynamodb = { Keys, ...(OldImage && { OldImage }), ...(NewImage && { NewImage }) };
  return { eventID, eventName, eventSource: 'aws:dynamodb', dynamodb };
}

/** What the stream tells of changes; their ids are event-0, event-1, … */
export const streamEvent = (...changes: Change[]): DynamoDBStreamEvent => ({
  Records: changes.map((change, index) => streamRecord(change, `event-${index}`)),
});
