import { SQSClient } from '@aws-sdk/client-sqs';
import { clientPerRegion, type Instrument } from '../aws/clients.ts';
import type { WorkQueue } from './reconcile.ts';
import { sqsWorkQueue } from './sqs-work-queue.ts';

/** The queues of a service, as its functions' environment names them. */
export const queueOf = (
  settings: { AWS_REGION: string; WORK_QUEUE_URL: string; TIMERS_QUEUE_URL: string },
  instrument: Instrument,
): WorkQueue =>
  sqsWorkQueue({
    sqs: clientPerRegion((config) => new SQSClient(config), instrument)(settings.AWS_REGION),
    workQueueUrl: settings.WORK_QUEUE_URL,
    timersQueueUrl: settings.TIMERS_QUEUE_URL,
  });
