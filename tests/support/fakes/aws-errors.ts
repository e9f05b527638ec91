import { AwsCallError } from '../../../shared/aws/aws-call-error.ts';

/** An error as an AWS SDK client throws it: the service's code is its name. */
export const sdkError = (code: string, message = `${code} happened`): Error =>
  Object.assign(new Error(message), { name: code, $metadata: {} });

/** A failed AWS call, as the adapters throw it. */
export const awsError = (action: string, code: string): AwsCallError =>
  new AwsCallError(action, sdkError(code));
