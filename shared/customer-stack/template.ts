/** A CloudFormation template, as far as this product's own goes. */
export interface Template {
  Parameters: Record<string, { Type: string; Default?: string }>;
  Conditions: Record<string, unknown>;
  Resources: Record<string, TemplateResource>;
}

export interface TemplateResource {
  Type: string;
  /** The condition it is made under; without one it always is. */
  Condition?: string;
  Properties: Record<string, unknown>;
}

/** Where a template would be deployed. */
export interface TemplatePlace {
  account: string;
  region: string;
  partition: string;
}

type Scope = { template: Template; values: Record<string, string | string[]> };

/** Stands for a property that is left out. */
const noValue = 'AWS::NoValue';

const isCall = (value: unknown, name: string): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 1 && name in value;

/** What a parameter stands for: one of a list type is a list. */
const parameterValue = ({ Type, Default = '' }: { Type: string; Default?: string }): string | string[] =>
  Type === 'CommaDelimitedList' ? Default.split(',') : Default;

/** A reference that can only be known once the resource is there is shown as its own name. */
const reference = ({ values }: Scope, name: string): string | string[] => values[name] ?? `<${name}>`;

function truth(scope: Scope, condition: unknown): boolean {
  if (isCall(condition, 'Fn::Not')) return !truth(scope, (condition['Fn::Not'] as unknown[])[0]);
  if (isCall(condition, 'Fn::Equals')) {
    const [left, right] = (condition['Fn::Equals'] as unknown[]).map((one) => resolve(scope, one));
    return String(left) === String(right);
  }
  if (isCall(condition, 'Fn::And'))
    return (condition['Fn::And'] as unknown[]).every((one) => truth(scope, one));
  if (isCall(condition, 'Condition'))
    return truth(scope, scope.template.Conditions[String(condition.Condition)]);
  throw new Error(`this condition is not understood: ${JSON.stringify(condition)}`);
}

/** The intrinsic functions that the template uses, each with what it stands for. */
const functions: Record<string, (scope: Scope, argument: unknown) => unknown> = {
  Ref: (scope, name) => (name === noValue ? undefined : reference(scope, String(name))),
  'Fn::GetAtt': (_scope, path) => `<${[path].flat().join('.')}>`,
  'Fn::Sub': (scope, text) =>
    String(text).replace(/\$\{([^}]+)\}/g, (_, name: string) => String(reference(scope, name))),
  'Fn::Join': (scope, argument) => {
    const [separator, parts] = argument as [string, unknown];
    return [resolve(scope, parts)].flat().join(separator);
  },
  'Fn::Split': (scope, argument) => {
    const [separator, text] = argument as [string, unknown];
    return String(resolve(scope, text)).split(separator);
  },
  'Fn::Select': (scope, argument) => {
    const [index, list] = argument as [number, unknown];
    return (resolve(scope, list) as unknown[])[index];
  },
  'Fn::If': (scope, argument) => {
    const [name, then, otherwise] = argument as [string, unknown, unknown];
    return resolve(scope, truth(scope, scope.template.Conditions[name]) ? then : otherwise);
  },
};

function resolve(scope: Scope, value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map((one) => resolve(scope, one)).filter((one) => one !== undefined);
  }
  if (typeof value !== 'object' || value === null) return value;
  const [name = '', ...others] = Object.keys(value);
  const known = others.length === 0 ? functions[name] : undefined;
  if (known) return known(scope, (value as Record<string, unknown>)[name]);
  const entries = Object.entries(value).map(([key, one]) => [key, resolve(scope, one)] as const);
  return Object.fromEntries(entries.filter(([, one]) => one !== undefined));
}

const isMade = (scope: Scope, { Condition }: TemplateResource): boolean =>
  Condition === undefined || truth(scope, scope.template.Conditions[Condition]);

/**
 * The resources of a template as they would be in one place: parameters have their defaults, conditions are decided,
 * what is made under one that does not hold is left out, and what depends on a resource that is not there yet is
 * shown in angle brackets.
 * @throws Error for a condition of a kind that the template of this product does not use
 */
export function resolvedResources(
  template: Template,
  { account, region, partition }: TemplatePlace,
): Record<string, TemplateResource> {
  const parameters = Object.entries(template.Parameters).map(([name, one]) => [name, parameterValue(one)]);
  const pseudo = {
    'AWS::AccountId': account,
    'AWS::Region': region,
    'AWS::Partition': partition,
    'AWS::URLSuffix': partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com',
  };
  const scope = { template, values: { ...Object.fromEntries(parameters), ...pseudo } };
  const made = Object.entries(template.Resources).filter(([, resource]) => isMade(scope, resource));
  return resolve(scope, Object.fromEntries(made)) as Record<string, TemplateResource>;
}
