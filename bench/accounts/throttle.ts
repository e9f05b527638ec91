import type { LocalAws } from '../../local-aws/local-aws.ts';

/** A call of each service that a life of an account needs. */
const throttled = [
  ['dynamodb', 'GetItem'],
  ['dynamodb', 'Query'],
  ['dynamodb', 'UpdateItem'],
  ['dynamodb', 'TransactWriteItems'],
  ['organizations', 'DescribeCreateAccountStatus'],
  ['sts', 'AssumeRole'],
  ['iam', 'CreateUser'],
  ['ec2', 'RunInstances'],
  ['secretsmanager', 'CreateSecret'],
  ['support', 'DescribeCases'],
] as const;

/** As often as the SDK can stand it: four attempts. */
const times = 3;

/** Has the laptop AWS limit the next calls of each service that the worker needs. */
export async function throttleEachService(aws: LocalAws): Promise<void> {
  const error = { code: 'ThrottlingException', status: 400, message: 'Rate exceeded' };
  for (const [service, action] of throttled) {
    const body = JSON.stringify({ service, action, times, error });
    await fetch(`${aws.url}/_local-aws/faults`, { method: 'POST', body });
  }
}
