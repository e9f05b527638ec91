import type { LocalAws } from '../../local-aws/local-aws.ts';

/** A call of each service that the life of an account needs. */
const calls = [
  { service: 'dynamodb', action: 'GetItem' },
  { service: 'dynamodb', action: 'Query' },
  { service: 'dynamodb', action: 'UpdateItem' },
  { service: 'dynamodb', action: 'TransactWriteItems' },
  { service: 'sqs', action: 'SendMessageBatch' },
  { service: 'organizations', action: 'DescribeCreateAccountStatus' },
  { service: 'sts', action: 'AssumeRole' },
  { service: 'iam', action: 'CreateUser' },
  { service: 'ec2', action: 'RunInstances' },
  { service: 'secretsmanager', action: 'CreateSecret' },
  { service: 'support', action: 'DescribeCases' },
];

/** As often as the SDK can stand it: it tries four times. */
const times = 3;

const error = { code: 'ThrottlingException', status: 400, message: 'Rate exceeded' };

/**
 * Has the laptop AWS limit calls during looks, and only then: each of these the first time that the worker makes it.
 * @returns what is to be put around each look
 */
export function limitingCalls(aws: LocalAws): <Value>(look: () => Promise<Value>) => Promise<Value> {
  const faults = `${aws.url}/_local-aws/faults`;
  let left = calls;
  return async (look) => {
    for (const call of left) {
      await fetch(faults, { method: 'POST', body: JSON.stringify({ ...call, times, error }) });
    }
    try {
      return await look();
    } finally {
      const unmet = (await (await fetch(faults)).json()) as typeof calls;
      left = left.filter(({ action }) => unmet.some((fault) => fault.action === action));
      await fetch(faults, { method: 'DELETE' });
    }
  };
}
