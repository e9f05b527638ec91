import type { Validator } from '../../../schemas/validator.ts';
import type { Invocation } from '../../../shared/operation/invocation.ts';
import { operation } from '../../../shared/operation/operation.ts';
import { captureOutput } from '../captured-output.ts';
import { lambdaContext } from '../lambda-context.ts';
import type { LogEvent } from './events.ts';

/** An invocation to be logged. */
interface SampleInvocation {
  operation: 'oidc-provisioner' | 'preflight-checker' | 'network-verifier';
  request: object;
  /** What the work answers or throws. */
  work(dependencies: { invocation: Invocation }): Promise<object>;
  version?: string;
  requestId?: string;
  /** Milliseconds since 1970. */
  at?: number;
}

/** Whatever is asked and answered is fine: what is looked at is the record. */
const anything: Validator<object> = Object.assign((_: unknown): _ is object => true, { errors: null });

/** The lines that an invocation really writes, between those that Lambda itself writes around them. */
export async function loggedBy(invocation: SampleInvocation): Promise<LogEvent[]> {
  const {
    request,
    work,
    version = '7',
    at = 0,
    requestId = 'c0ffee00-0000-4000-8000-000000000000',
  } = invocation;
  const output = captureOutput();
  const handler = await operation({
    name: invocation.operation,
    environment: { ROSA_VERSION: '1.2.3', ROSA_TRACING: false },
    request: anything,
    result: anything,
    dependencies: () => ({}),
    run: work,
    measure: () => ({}),
  });
  const context = lambdaContext({ functionVersion: version, awsRequestId: requestId });
  await handler(request, context).catch(() => {});
  output.restore();
  const lines = [
    `START RequestId: ${requestId} Version: ${version}`,
    ...output.text().trimEnd().split('\n'),
    `END RequestId: ${requestId}`,
  ];
  return lines.map((message) => ({ timestamp: at, message }));
}
