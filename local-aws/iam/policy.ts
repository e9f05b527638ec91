/** A policy document as IAM accepts it: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html */
export type PolicyDocument = { Version?: string; Statement: Statement | Statement[] };

export type OneOrMany<T> = T | T[];

/** Operator, then condition key, then accepted values. */
export type ConditionBlock = Record<string, Record<string, OneOrMany<string | number | boolean>>>;

export type Principal = '*' | Record<string, OneOrMany<string>>;

export type Statement = {
  Sid?: string;
  Effect: 'Allow' | 'Deny';
  Action?: OneOrMany<string>;
  NotAction?: OneOrMany<string>;
  Resource?: OneOrMany<string>;
  NotResource?: OneOrMany<string>;
  Principal?: Principal;
  Condition?: ConditionBlock;
};

export function listOf<T>(value: OneOrMany<T> | undefined): T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
