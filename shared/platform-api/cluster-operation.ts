import { type Fields, fieldsOf, objectAt, optionalNumber, optionalText, text } from './fields.ts';

/** Why something did not work: a word for programs, a sentence for people. */
export interface OperationFailure {
  kind: string;
  message: string;
  /** The name of the function's error, or AWS's error code. */
  errorType?: string;
}

/** A check that failed or warns. */
export interface OperationFinding {
  /** As docs/checks.md lists it. */
  check: string;
  /** `warning` or `failed`. */
  status: string;
  message: string;
  resourceId?: string;
}

/** What one operation in a cluster's account found. */
export interface ClusterOperation {
  /** The component that offers it: `preflight-checker`, `network-verifier` or `oidc-provisioner`. */
  operation: string;
  /** `passed`, `warning`, `failed`, or `error` when there is no result. */
  outcome: string;
  /** `lambda`: the function ran. `oidc-sts`: the platform itself, with the account's role. */
  via: string;
  /** When it ended. UTC, ISO 8601. */
  at?: string;
  /** Tries in all. */
  attempts?: number;
  requestId?: string;
  /** Milliseconds, from the first try to the answer. */
  durationMs?: number;
  functionArn?: string;
  version?: string;
  codeSha256?: string;
  /** The release that answered, such as `0.1.0`. */
  release?: string;
  /** Why the functions were not used although they come first. */
  fallback?: OperationFailure;
  /** Why there is no result. */
  error?: OperationFailure;
  /** How many checks passed, warn and failed. */
  summary?: Record<string, unknown>;
  findings: OperationFinding[];
  /** Further findings, which only the function's record has. */
  findingsCut?: number;
}

function failureAt(of: Fields, name: string): OperationFailure | undefined {
  if (of[name] === undefined) return undefined;
  const failure = fieldsOf(of[name], `the field ${name}`);
  return {
    kind: optionalText(failure, 'kind') ?? 'unknown',
    message: text(failure, 'message'),
    errorType: optionalText(failure, 'error_type'),
  };
}

function finding(value: unknown): OperationFinding {
  const of = fieldsOf(value, 'a finding');
  return {
    check: text(of, 'check_name'),
    status: text(of, 'status'),
    message: text(of, 'message'),
    resourceId: optionalText(of, 'resource_id'),
  };
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

function operation(value: unknown): ClusterOperation {
  const of = fieldsOf(value, 'an operation');
  const summary = objectAt(of, 'summary');
  return {
    operation: text(of, 'operation'),
    outcome: text(of, 'outcome'),
    via: text(of, 'via'),
    at: optionalText(of, 'at'),
    attempts: optionalNumber(of, 'attempts'),
    requestId: optionalText(of, 'request_id'),
    durationMs: optionalNumber(of, 'duration_ms'),
    functionArn: optionalText(of, 'function_arn'),
    version: optionalText(of, 'version'),
    codeSha256: optionalText(of, 'code_sha256'),
    release: optionalText(of, 'release'),
    fallback: failureAt(of, 'fallback'),
    error: failureAt(of, 'error'),
    summary: Object.keys(summary).length > 0 ? summary : undefined,
    findings: list(of.findings).map(finding),
    findingsCut: optionalNumber(of, 'findings_cut'),
  };
}

/** Reads the field `operations` of a status; a new cluster has none yet. @throws WrongShape */
export const readOperations = (status: Fields): ClusterOperation[] => list(status.operations).map(operation);
