import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { ResourceKey } from '../resources/resource.ts';
import { type DriverDependencies, reconcileOne } from './driver.ts';
import type { ReconcileContext } from './reconcile.ts';
import type { Reporter } from './reporter.ts';
import { messageIn, textOf } from './work-messages.ts';

/** A resource, and the messages that name it. */
interface Job {
  key: ResourceKey;
  messageIds: string[];
}

/** The resources of a batch, each once. What is no message of ours is dropped: another delivery would not mend it. */
function jobsOf(records: readonly SQSRecord[], reporter: Reporter): Job[] {
  const jobs = new Map<string, Job>();
  for (const { messageId, body } of records) {
    const message = messageIn(body);
    if (!message) {
      reporter.dropped('message', messageId);
      continue;
    }
    const { key } = message;
    const job = jobs.get(textOf(key)) ?? { key, messageIds: [] };
    job.messageIds.push(messageId);
    jobs.set(textOf(key), job);
  }
  return [...jobs.values()];
}

/**
 * Reconciles the resources of a batch side by side.
 * @returns the messages of resources whose reconcile threw, which SQS delivers again; the order within a group means
 * nothing here, so that the others need not wait for them:
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting
 */
export async function workOff(
  dependencies: DriverDependencies,
  context: ReconcileContext,
  event: SQSEvent,
): Promise<SQSBatchResponse> {
  const jobs = jobsOf(event.Records, dependencies.reporter);
  const ended = await Promise.allSettled(jobs.map(({ key }) => reconcileOne(dependencies, context, key)));
  const failed = jobs.filter((_, index) => ended[index]?.status === 'rejected');
  const itemIdentifiers = failed.flatMap(({ messageIds }) => messageIds);
  return { batchItemFailures: itemIdentifiers.map((itemIdentifier) => ({ itemIdentifier })) };
}
