import { SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dependencies } from '../../accounts/functions/worker/dependencies.ts';
import { environment } from '../../accounts/functions/worker/environment.ts';
import { accountStore } from '../../accounts/resources/account-store.ts';
import type { LocalAws } from '../../local-aws/local-aws.ts';
import { instrumentsOf } from '../../shared/operation/instruments.ts';
import { type DriverDependencies, reconcileOne } from '../../shared/reconcile/driver.ts';
import type { ReconcileRecord } from '../../shared/reconcile/reporter.ts';
import type { ResourceKey } from '../../shared/resources/resource.ts';
import type { ResourceStore } from '../../shared/resources/resource-store.ts';
import { createQueues } from '../../tests/support/reconcile/laptop-queues.ts';
import { createResourceTable, laptopDocumentClient } from '../../tests/support/resource-table.ts';
import { administrator } from '../../tools/journey/customer-account.ts';
import { callsTo, countBy, forgetCalls } from '../aws-calls.ts';
import { CallPauses } from './call-pauses.ts';

/** What one look at a resource has taken. */
export interface LookTaken {
  record: ReconcileRecord;
  /** Calls that have reached AWS, by service and action. */
  calls: Record<string, number>;
  /** Milliseconds of the longest time in which none was under way. */
  longestPauseMs: number;
}

const silent = { reconciled: () => {}, dropped: () => {} };

/** What the stack tells the worker. Two regions are enough: each one more costs the same calls again. */
async function tellWorker(aws: LocalAws, table: string): Promise<void> {
  const { workQueueUrl, timersQueueUrl } = await createQueues(new SQSClient(administrator(aws)), table);
  Object.assign(process.env, aws.environment, {
    ROSA_VERSION: 'bench',
    TABLE_NAME: table,
    WORK_QUEUE_URL: workQueueUrl,
    TIMERS_QUEUE_URL: timersQueueUrl,
    PARTITION: 'aws',
    SIGN_IN_ENDPOINT: `${aws.url}/_local-aws/federation`,
    AWS_LIMIT: '100000',
    EMAIL_DOMAIN: 'example.com',
    COVERED_REGIONS: 'us-east-1,eu-west-1',
  });
}

/** The worker of the accounts service in this process, with a table and queues of its own on the laptop AWS. */
export class WorkerAtHand {
  readonly #aws: LocalAws;
  readonly #worker: DriverDependencies;
  readonly #pauses: CallPauses;
  #aheadMs = 0;
  /** The table, past the worker. */
  readonly documentClient: DynamoDBDocumentClient;
  readonly store: ResourceStore;
  readonly table: string;

  private constructor(
    aws: LocalAws,
    table: string,
    { worker, pauses }: { worker: DriverDependencies; pauses: CallPauses },
  ) {
    this.#aws = aws;
    this.table = table;
    this.documentClient = laptopDocumentClient(aws);
    this.store = accountStore({ table, documentClient: this.documentClient });
    this.#worker = worker;
    this.#pauses = pauses;
  }

  static async start(aws: LocalAws, table: string): Promise<WorkerAtHand> {
    await tellWorker(aws, table);
    const variables = environment();
    const pauses = new CallPauses();
    const instruments = await instrumentsOf('bench', variables);
    const watched = { ...instruments, instrument: pauses.instrument };
    const worker = { ...dependencies(variables)(watched), reporter: silent };
    const made = new WorkerAtHand(aws, table, { worker, pauses });
    await createResourceTable(made.documentClient, table);
    return made;
  }

  /** Has time go on for the controllers. */
  wait(seconds: number): void {
    this.#aheadMs += seconds * 1_000;
  }

  /** Looks at a resource once, as the worker does with the one message of a batch. */
  async look(key: ResourceKey): Promise<LookTaken> {
    await forgetCalls(this.#aws);
    this.#pauses.restart();
    const context = {
      now: () => new Date(Date.now() + this.#aheadMs),
      // No time for another look: what is to be looked at again at once is left to the queue.
      remainingMs: () => 0,
    };
    const record = await reconcileOne(this.#worker, context, key);
    const longestPauseMs = this.#pauses.longestMs();
    const calls = countBy(await callsTo(this.#aws), ({ service, action }) => `${service}:${action}`);
    return { record, calls: Object.fromEntries(calls), longestPauseMs };
  }

  close(): void {
    this.documentClient.destroy();
  }
}
