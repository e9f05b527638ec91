import { table } from '../../shared/cli/table.ts';
import { stringify } from '../../shared/cli/yaml.ts';
import type { Condition } from '../../shared/resources/conditions.ts';
import type { Resource } from '../../shared/resources/resource.ts';
import type { KindDefinition } from '../resources/kind-definition.ts';
import { ageOf } from './age.ts';

const indented = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);

/** A part with its title; nothing when there is nothing in it. */
const section = (title: string, lines: readonly string[]): string[] =>
  lines.length > 0 ? ['', title, ...indented(lines)] : [];

const asYaml = (value: object): string[] =>
  Object.keys(value).length > 0 ? stringify(value).trimEnd().split('\n') : [];

const pairs = (texts: Record<string, string>): string[] =>
  Object.entries(texts).map(([key, value]) => `${key}=${value}`);

function heading({ kind, metadata }: Resource, now: Date): string[][] {
  const { name, namespace, creationTimestamp, deletionTimestamp, finalizers, labels, annotations } = metadata;
  const ago = (since: string): string => `${since} (${ageOf(since, now)} ago)`;
  const waits = finalizers.length > 0 ? `, waits for ${finalizers.join(', ')}` : '';
  return [
    ['Kind', kind],
    ['Name', name],
    ['Namespace', namespace],
    ['Created', ago(creationTimestamp)],
    ...(deletionTimestamp ? [['Deleted', `asked for ${ago(deletionTimestamp)}${waits}`]] : []),
    ['Labels', pairs(labels).join(', ')],
    ['Annotations', pairs(annotations).join(', ')],
    ['Finalizers', finalizers.join(', ')],
  ].filter(([, value]) => value);
}

function conditionLines(conditions: readonly Condition[], now: Date): string[] {
  if (conditions.length === 0) return [];
  const rows = conditions.map(({ type, status, lastTransitionTime, reason, message }) => [
    ...[type, status, lastTransitionTime ? ageOf(lastTransitionTime, now) : ''],
    ...[reason ?? '', message ?? ''],
  ]);
  return table([['TYPE', 'STATUS', 'SINCE', 'REASON', 'MESSAGE'], ...rows]);
}

/** A resource for people to read: what is wanted, how far it is, its conditions as a table, and what contradicts itself. */
export function describeLines(definition: KindDefinition, resource: Resource, now: Date): string[] {
  const { conditions = [], ...status } = (resource.status ?? {}) as { conditions?: Condition[] };
  const contradictions = definition.contradictions(resource);
  return [
    ...table(heading(resource, now)),
    ...section('Spec', asYaml(resource.spec)),
    ...section('Status', asYaml(status)),
    ...section('Conditions', conditionLines(conditions, now)),
    ...section(
      'Contradictions',
      contradictions.map(({ reason, message }) => `${reason}: ${message}`),
    ),
  ];
}
