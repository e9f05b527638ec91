import type { PlatformOperation } from '../../schemas/generated/platform-cluster.js';
import type { Answer } from '../access/access.ts';
import { boundedFindings } from './findings.ts';
import type { Judgement, Step } from './steps.ts';

type Outcome = PlatformOperation['outcome'];

const fallbackOf = ({ fallback }: Answer<Judgement>): Pick<PlatformOperation, 'fallback'> =>
  fallback ? { fallback: { kind: fallback.reason.kind, message: fallback.reason.message } } : {};

/** A result without a summary, such as the provisioner's, is there or is not. */
const outcomeOf = ({ summary }: Judgement): Outcome => summary?.status ?? 'passed';

function found(answer: Answer<Judgement>): Partial<PlatformOperation> & Pick<PlatformOperation, 'outcome'> {
  if (answer.outcome === 'answered') {
    const { summary, findings } = answer.result;
    return {
      outcome: outcomeOf(answer.result),
      request_id: answer.trace.requestId,
      ...(summary && { summary }),
      ...boundedFindings(findings),
    };
  }
  const { kind, message, errorType, requestId } = answer.failure;
  return {
    outcome: 'error',
    ...(requestId && { request_id: requestId }),
    error: { kind, message, ...(errorType && { error_type: errorType }) },
  };
}

/** What is kept of an operation that has ended. @param attempts tries in all, those of earlier invocations included */
export function operationRecord(
  { operation }: Step,
  answer: Answer<Judgement>,
  { attempts, now }: { attempts: number; now: Date },
): PlatformOperation {
  const { via, durationMs, functionArn, version, codeSha256, release } = answer.trace;
  return {
    operation,
    via,
    attempts,
    at: now.toISOString(),
    duration_ms: durationMs,
    ...(functionArn && { function_arn: functionArn }),
    ...(version && { version }),
    ...(codeSha256 && { code_sha256: codeSha256 }),
    ...(release && { release }),
    ...found(answer),
    ...fallbackOf(answer),
  };
}
