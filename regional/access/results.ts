import { validate as isNetworkResult } from '../../schemas/generated/network-verifier-result.js';
import { validate as isOidcResult } from '../../schemas/generated/oidc-provisioner-result.js';
import { validate as isPreflightResult } from '../../schemas/generated/preflight-checker-result.js';
import type { Validator } from '../../schemas/validator.ts';
import { offences } from '../../shared/operation/offences.ts';
import type { OperationName, Operations } from './access.ts';
import { failed, type Outcome } from './failure.ts';

const validators: { [Name in OperationName]: Validator<Operations[Name]['result']> } = {
  'preflight-checker': isPreflightResult,
  'network-verifier': isNetworkResult,
  'oidc-provisioner': isOidcResult,
};

/**
 * The largest result, of a network with 50 subnets that are all wrong, has half a megabyte and 16,000 values. Lambda
 * lets 6 MB through, whoever wrote the function: to check those against a schema, offence by offence, would take more
 * memory than a worker has, which has other accounts' clusters to see to.
 */
const most = { bytes: 1024 * 1024, values: 50_000 };

/** The number of values within a value, itself included; it stops counting when there are too many. */
function valuesIn(value: unknown): number {
  const waiting = [value];
  let values = 0;
  while (waiting.length > 0 && values <= most.values) {
    const one = waiting.pop();
    values += 1;
    if (one !== null && typeof one === 'object') for (const inner of Object.values(one)) waiting.push(inner);
  }
  return values;
}

const invalid = (operation: OperationName, what: string): { failure: ReturnType<typeof failed> } => ({
  failure: failed(
    'invalid-result',
    `The ${operation} answered, but not with a result: ${what}. Bring its function to a release the platform knows with \`rosactl update-lambdas\` and \`rosactl promote-lambdas\``,
  ),
});

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const isObject = (value: unknown): value is object =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/**
 * A value as the result of an operation. Fields that the schema does not have are left in it: a newer release may add
 * some, and the account is updated when its owner likes. A new word where the schema lists all is refused.
 */
export function resultOf<Name extends OperationName>(
  operation: Name,
  value: unknown,
): Outcome<Operations[Name]['result']> {
  if (!isObject(value)) return invalid(operation, 'it is not a JSON object');
  const isResult = validators[operation] as Validator<Operations[Name]['result']>;
  if (isResult(value)) return { value };
  const errors = (isResult.errors ?? []).filter(({ keyword }) => keyword !== 'additionalProperties');
  if (errors.length === 0) return { value: value as Operations[Name]['result'] };
  return invalid(operation, offences(errors));
}

/** The result of an operation in what its function gave back. */
export function resultIn<Name extends OperationName>(
  operation: Name,
  payload: string,
): Outcome<Operations[Name]['result']> {
  const bytes = Buffer.byteLength(payload);
  if (bytes > most.bytes) {
    return invalid(operation, `it has ${bytes} bytes, and at most ${most.bytes} are read`);
  }
  if (bytes === 0) return invalid(operation, 'it is empty');
  const value = parsed(payload);
  if (value === undefined) return invalid(operation, `it is not JSON (${payload.length} characters)`);
  if (valuesIn(value) > most.values) {
    return invalid(operation, `it has more than ${most.values} values`);
  }
  return resultOf(operation, value);
}
