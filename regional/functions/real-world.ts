import { SQSClient } from '@aws-sdk/client-sqs';
import { clientPerRegion, type Instrument } from '../../shared/aws/clients.ts';
import { documentClients } from '../../shared/aws/document-clients.ts';
import type { WorkQueue } from '../../shared/reconcile/reconcile.ts';
import { sqsWorkQueue } from '../../shared/reconcile/sqs-work-queue.ts';
import { dynamoDbStore } from '../../shared/resources/dynamodb-store.ts';
import type { ResourceStore } from '../../shared/resources/resource-store.ts';

/** The resources of the regional table. */
export const storeOf = (
  { AWS_REGION, TABLE_NAME }: { AWS_REGION: string; TABLE_NAME: string },
  instrument: Instrument,
): ResourceStore =>
  dynamoDbStore({ table: TABLE_NAME, documentClient: documentClients(instrument)(AWS_REGION) });

/** The queues of the regional service. */
export const queueOf = (
  settings: { AWS_REGION: string; WORK_QUEUE_URL: string; TIMERS_QUEUE_URL: string },
  instrument: Instrument,
): WorkQueue =>
  sqsWorkQueue({
    sqs: clientPerRegion((config) => new SQSClient(config), instrument)(settings.AWS_REGION),
    workQueueUrl: settings.WORK_QUEUE_URL,
    timersQueueUrl: settings.TIMERS_QUEUE_URL,
  });
