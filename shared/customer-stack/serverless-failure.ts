import { AwsCallError, type AwsFailure } from '../aws/aws-call-error.ts';
import type { AwsFailureReport, ServerlessError } from './serverless-command.ts';

/** AWS did not let `serverless` do something, or did not accept the credentials. */
export interface ServerlessRefusal {
  failure: Extract<AwsFailure, 'denied' | 'unauthenticated'>;
  /** The IAM action, when AWS or the plugin named it. */
  action?: string;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
const deniedAction = /is not authorized to perform: (?<action>[\w-]+:\w+)/;

/**
 * What the framework prints of a failed call is AWS's sentence, mostly without the code. The sentences of S3 are in
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html; the last of these is the framework's own.
 */
const refusals: [RegExp, ServerlessRefusal['failure']][] = [
  [deniedAction, 'denied'],
  [/ExpiredToken|The security token included in the request is (expired|invalid)/, 'unauthenticated'],
  [/The provided token has expired|AWS provider credentials not found/, 'unauthenticated'],
  [/Access ?Denied|not authorized to perform/, 'denied'],
];

/** What is printed as the error; before it, an event may tell of something that was refused and tried again. */
const errorIn = (output: string): string => output.split(/^Error:$/m).at(-1) ?? output;

function refusalIn(text: string): ServerlessRefusal | undefined {
  const refusal = refusals.find(([sentence]) => sentence.test(text));
  if (!refusal) return undefined;
  const [, failure] = refusal;
  const action = failure === 'denied' ? deniedAction.exec(text)?.groups?.action : undefined;
  return action ? { failure, action } : { failure };
}

function refusalOf({ action, code, said }: AwsFailureReport): ServerlessRefusal | undefined {
  const { failure } = new AwsCallError(action, Object.assign(new Error(said), { name: code }));
  return failure === 'denied' || failure === 'unauthenticated' ? { failure, action } : undefined;
}

/**
 * Whether `serverless` failed because AWS did not let it do something: from what the plugin tells of its own calls,
 * and otherwise from what the framework printed of its calls.
 */
export function awsFailureOf({ awsFailure, output }: ServerlessError): ServerlessRefusal | undefined {
  return awsFailure ? refusalOf(awsFailure) : refusalIn(errorIn(output));
}
