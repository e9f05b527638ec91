import type { Mapping } from './mapping.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Rule = Record<string, Json>;

const isRule = (value: unknown): value is Rule =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const OPERATORS: Record<string, (value: Json | undefined, wanted: Json) => boolean> = {
  exists: (value, wanted) => (value !== undefined) === wanted,
  prefix: (value, wanted) => typeof value === 'string' && value.startsWith(String(wanted)),
  suffix: (value, wanted) => typeof value === 'string' && value.endsWith(String(wanted)),
  'anything-but': (value, wanted) => value !== undefined && ![wanted].flat().includes(value),
};

function isWanted(value: Json | undefined, wanted: Json): boolean {
  if (!isRule(wanted)) return value === wanted;
  const [operator = '', argument = null] = Object.entries(wanted)[0] ?? [];
  const matches = OPERATORS[operator];
  if (!matches) throw new Error(`the laptop AWS does not know the operator "${operator}" of event filters`);
  return matches(value, argument);
}

function matches(value: Json | undefined, pattern: Json): boolean {
  if (Array.isArray(pattern)) return pattern.some((wanted) => isWanted(value, wanted));
  if (!isRule(pattern))
    throw new Error(`an event filter has ${JSON.stringify(pattern)} where a list must be`);
  const inside = isRule(value) ? value : {};
  return Object.entries(pattern).every(([key, part]) => matches(inside[key], part));
}

/**
 * Whether a mapping wants an item: one of its filters matches, or it has none.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html
 * @throws Error on an operator that is not known here
 */
export function isOfInterest({ FilterCriteria }: Pick<Mapping, 'FilterCriteria'>, item: object): boolean {
  const filters = FilterCriteria?.Filters ?? [];
  return (
    filters.length === 0 || filters.some(({ Pattern = '{}' }) => matches(item as Rule, JSON.parse(Pattern)))
  );
}
