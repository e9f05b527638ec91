import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord, StreamRecord } from 'aws-lambda';
import type { Resource } from '../resources/resource.ts';
import { resourceOf } from '../resources/stored-item.ts';
import { lookRequestedAt } from './reconcile.ts';

/** A resource before and after a write; without `before` it is new, without `after` it is gone. */
export interface Change {
  before?: Resource;
  after?: Resource;
}

type Image = StreamRecord['NewImage'];

/** The resource in an image of the stream; undefined for claims and whatever else the table keeps. */
function resourceIn(image: Image): Resource | undefined {
  if (!image) return undefined;
  // The event has the JSON of the service's own attribute values.
  const item = unmarshall(image as Parameters<typeof unmarshall>[0]);
  return typeof item.kind === 'string' && typeof item.uid === 'string' && item.spec
    ? resourceOf(item)
    : undefined;
}

/** The change that a record tells of; undefined when it is not one of a resource. @throws Error for no record at all */
export function changeIn({ dynamodb }: DynamoDBRecord): Change | undefined {
  if (!dynamodb?.Keys) throw new Error('a record of the stream has the keys of its item');
  const [before, after] = [resourceIn(dynamodb.OldImage), resourceIn(dynamodb.NewImage)];
  return before || after ? { ...(before && { before }), ...(after && { after }) } : undefined;
}

const requestIn = ({ metadata }: Resource): string | undefined => metadata.annotations[lookRequestedAt];

/**
 * Whether a controller must look at it: it is new, wanted otherwise, to go, or somebody has asked for it. What controllers
 * write themselves, the status above all, brings nobody back; nor does what is gone.
 */
export function mustBeLookedAt({ before, after }: Change): boolean {
  if (!after) return false;
  if (before?.metadata.uid !== after.metadata.uid) return true;
  const isOtherwise = before.metadata.generation !== after.metadata.generation;
  const isToGo = before.metadata.deletionTimestamp !== after.metadata.deletionTimestamp;
  return isOtherwise || isToGo || requestIn(before) !== requestIn(after);
}
