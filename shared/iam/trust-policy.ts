/** A condition of a statement. A request has to meet one of the values of each. */
export interface TrustCondition {
  /** Such as `StringEquals`. */
  operator: string;
  /** In lower case, since AWS does not look at the case: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html */
  key: string;
  values: string[];
}

/** A statement of a trust policy; what may be one or a list in JSON is always a list here. */
export interface TrustStatement {
  effect: string;
  actions: string[];
  /** Whom it is about, by kind: `AWS`, `Service`, `Federated`. */
  principals: Record<string, string[]>;
  conditions: TrustCondition[];
}

/** Who may assume a role, as far as it can be told from the policy. */
export interface TrustPolicy {
  statements: TrustStatement[];
  /** Why the policy, or a part of it, cannot be judged. */
  notJudged?: string;
}

/** A role with its trust policy understood. */
export interface TrustingRole {
  name: string;
  trust: TrustPolicy;
}

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const list = (value: unknown): string[] => [value ?? []].flat().map(String);

/** `"*"` alone means the same as `{"AWS": "*"}`: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
function principalsIn(principal: unknown): Record<string, string[]> {
  if (!isObject(principal)) return { AWS: list(principal) };
  return Object.fromEntries(Object.entries(principal).map(([kind, who]) => [kind, list(who)]));
}

const conditionsIn = (condition: unknown): TrustCondition[] =>
  Object.entries(isObject(condition) ? condition : {}).flatMap(([operator, keys]) =>
    Object.entries(isObject(keys) ? keys : {}).map(([key, values]) => ({
      operator,
      key: key.toLowerCase(),
      values: list(values),
    })),
  );

const statementIn = ({ Effect, Action, Principal, Condition }: Json): TrustStatement => ({
  effect: String(Effect),
  actions: list(Action),
  principals: principalsIn(Principal),
  conditions: conditionsIn(Condition),
});

function objectIn(document: string): Json | undefined {
  try {
    const parsed: unknown = JSON.parse(document);
    return isObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** What this reader does not weigh: everyone but, everything but. */
const exclusions = ['NotPrincipal', 'NotAction'];

/**
 * Reads a trust policy: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 * @param document its JSON text
 */
export function parseTrustPolicy(document: string): TrustPolicy {
  const policy = objectIn(document);
  if (!policy) return { statements: [], notJudged: 'it is not a JSON object' };
  const statements = [policy.Statement ?? []].flat().filter(isObject);
  const used = exclusions.filter((name) => statements.some((statement) => name in statement));
  return {
    statements: statements.map(statementIn),
    ...(used.length > 0 && { notJudged: `it uses ${used.join(' and ')}` }),
  };
}

/** Whether a text fits a pattern in which `*` is any text and `?` any character. */
function fits(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[\\^$.|+()[\]{}]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's').test(text);
}

/** Whether a statement is about an action, such as `sts:AssumeRole`; AWS does not look at the case. */
export const isAbout = ({ actions }: TrustStatement, action: string): boolean =>
  actions.some((pattern) => fits(pattern.toLowerCase(), action.toLowerCase()));

const comparisons: Record<string, (wanted: string, value: string) => boolean> = {
  StringEquals: (wanted, value) => wanted === value,
  StringEqualsIgnoreCase: (wanted, value) => wanted.toLowerCase() === value.toLowerCase(),
  StringLike: fits,
};

/**
 * Whether one of the values a request may have meets a condition; undefined for an operator that is not weighed here.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function canBeMet({ operator, values }: TrustCondition, possible: string[]): boolean | undefined {
  const compare = comparisons[operator.replace(/^For(Any|All)Values?:/, '').replace(/IfExists$/, '')];
  if (!compare) return undefined;
  return values.some((wanted) => possible.some((value) => compare(wanted, value)));
}
