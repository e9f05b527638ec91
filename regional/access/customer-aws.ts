import type { TemporaryCredentials } from '../../shared/aws/clients.ts';
import type { InvocationLogs } from '../../shared/logs/invocation-logs.ts';

/** A function of an account, and the component its tag says it is. */
export interface TaggedFunction {
  /** With or without an alias. */
  arn: string;
  component: string;
}

/** What to have Lambda run. */
interface InvokeCall {
  functionArn: string;
  /** JSON. */
  payload: string;
  /** Lambda queues it and answers at once. */
  asynchronously?: boolean;
}

/** What Lambda answered. */
export interface Invoked {
  requestId: string;
  /** What the function gave, or its error: JSON, if it is what it should be. Empty when it was queued. */
  payload: string;
  /** Set when the function failed. */
  functionError?: string;
  /** The version that an alias led to. */
  version?: string;
}

/**
 * A customer's account and region, seen with one set of credentials. Every call rejects with AwsCallError when AWS
 * refuses it; nothing is tried again here but what only reads.
 */
export interface CustomerAws {
  invoke(call: InvokeCall, signal: AbortSignal): Promise<Invoked>;
  /** The functions with the tag `rosa:component`, by the Resource Groups Tagging API. */
  tagged(signal: AbortSignal): Promise<TaggedFunction[]>;
  /** The same, by a look at the tags of each function. */
  listed(signal: AbortSignal): Promise<TaggedFunction[]>;
  /** Base64 of the SHA-256 of a function's or version's package; undefined when there is no such. */
  codeSha256(functionArn: string, signal: AbortSignal): Promise<string | undefined>;
  readonly logs: InvocationLogs;
}

/** Which role to assume, and how. */
export interface RoleRequest {
  roleArn: string;
  /** Absent for a role of the platform's own. */
  externalId?: string;
  /** 2 to 64 letters, digits or `_ = , . @ -`; the account's CloudTrail shows it. */
  sessionName: string;
  /** The role that assumes it, and is assumed first; absent: the platform's own. */
  by?: RoleRequest;
}

/** The ways into AWS that differ between a test and the real thing. */
export interface CustomerAwsSource {
  /** @param credentials absent: the platform's own */
  aws(region: string, credentials?: TemporaryCredentials): CustomerAws;
  /** Rejects with AwsCallError. @param credentials absent: the platform's own */
  assumeRole(
    request: RoleRequest,
    signal: AbortSignal,
    credentials?: TemporaryCredentials,
  ): Promise<TemporaryCredentials>;
}
