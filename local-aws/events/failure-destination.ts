import type { Outcome } from '../lambda/outcome.ts';
import type { Moto } from '../moto.ts';
import type { Mapping } from './mapping.ts';

/** What of a stream's record a destination is told. */
type GivenUp = { dynamodb: { SequenceNumber: string; ApproximateCreationDateTime: number } };

const arrival = (record: GivenUp | undefined) =>
  new Date((record?.dynamodb.ApproximateCreationDateTime ?? 0) * 1000).toISOString();

/** https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html */
function givenUpEvent(mapping: Mapping, records: GivenUp[], attempts: number, outcome: Outcome | undefined) {
  const [first, last] = [records[0], records.at(-1)];
  return {
    requestContext: {
      requestId: outcome?.requestId,
      functionArn: mapping.FunctionArn,
      condition: 'RetryAttemptsExhausted',
      approximateInvokeCount: attempts,
    },
    responseContext: {
      statusCode: 200,
      executedVersion: '$LATEST',
      ...(outcome?.failed && { functionError: 'Unhandled' }),
    },
    version: '1.0',
    timestamp: new Date().toISOString(),
    DDBStreamBatchInfo: {
      shardId: 'shardId-00000001541626099285-f35f62ef',
      startSequenceNumber: first?.dynamodb.SequenceNumber,
      endSequenceNumber: last?.dynamodb.SequenceNumber,
      approximateArrivalOfFirstRecord: arrival(first),
      approximateArrivalOfLastRecord: arrival(last),
      batchSize: records.length,
      streamArn: mapping.EventSourceArn,
    },
  };
}

/** Tells a mapping's failure destination, if it is a queue, of records that were given up; not what is in them. */
export async function tellDestination(
  moto: Moto,
  mapping: Mapping,
  records: GivenUp[],
  attempts: number,
  outcome?: Outcome,
): Promise<void> {
  const arn = mapping.DestinationConfig?.OnFailure?.Destination;
  if (!arn?.includes(':sqs:')) return;
  await moto.ask('send', { arn, body: JSON.stringify(givenUpEvent(mapping, records, attempts, outcome)) });
}
