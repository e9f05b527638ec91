import { type ConditionBlock, listOf } from './policy.ts';
import { matchesText } from './wildcard.ts';

/** What is known of a request, by condition key in lower case; a key may have several values. */
export type Context = Record<string, string | string[]>;

type Compare = (expected: string, actual: string) => boolean;

const equal: Compare = (expected, actual) => expected === actual;
const equalIgnoringCase: Compare = (expected, actual) => expected.toLowerCase() === actual.toLowerCase();

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const OPERATORS: Record<string, { compare: Compare; negated?: boolean }> = {
  StringEquals: { compare: equal },
  StringNotEquals: { compare: equal, negated: true },
  StringEqualsIgnoreCase: { compare: equalIgnoringCase },
  StringLike: { compare: matchesText },
  StringNotLike: { compare: matchesText, negated: true },
  ArnEquals: { compare: matchesText },
  ArnLike: { compare: matchesText },
  ArnNotEquals: { compare: matchesText, negated: true },
  ArnNotLike: { compare: matchesText, negated: true },
  Bool: { compare: equalIgnoringCase },
};

type Operator = { set?: string; ifExists: boolean; name: string };

function parseOperator(text: string): Operator {
  const [, set, name = '', ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(text) ?? [];
  if (name !== 'Null' && !OPERATORS[name]) {
    throw new Error(
      `the condition operator "${text}" is not known to the laptop AWS; add it to local-aws/iam/conditions.ts`,
    );
  }
  return { set, name, ifExists: ifExists !== undefined };
}

function holds(operator: Operator, expected: string[], actual: string[] | undefined): boolean {
  if (operator.name === 'Null') return expected.includes(String(actual === undefined));
  const { compare, negated = false } = OPERATORS[operator.name] ?? { compare: equal };
  const accepted = (value: string) => expected.some((one) => compare(one, value)) !== negated;
  if (actual === undefined)
    return operator.ifExists || operator.set === 'ForAllValues' || (negated && !operator.set);
  return operator.set === 'ForAllValues' || (negated && !operator.set)
    ? actual.every(accepted)
    : actual.some(accepted);
}

/** Whether every operator and every key of a statement's `Condition` holds. @throws Error on an unknown operator. */
export function conditionsHold(block: ConditionBlock | undefined, context: Context): boolean {
  return Object.entries(block ?? {}).every(([text, keys]) => {
    const operator = parseOperator(text);
    return Object.entries(keys).every(([key, values]) => {
      const found = context[key.toLowerCase()];
      return holds(operator, listOf(values).map(String), found === undefined ? undefined : listOf(found));
    });
  });
}
