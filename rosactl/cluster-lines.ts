import type { Paint } from '../shared/cli/paint.ts';
import { table } from '../shared/cli/table.ts';
import { conditionText, type Verdict, verdictOf, worstFirst } from '../shared/clusters/conditions.ts';
import { plain } from '../shared/platform-api/plain.ts';
import type { Cluster, ClusterStatus } from '../shared/platform-api/platform-api.ts';
import { operationLines } from './operation-lines.ts';

/** A time of the API's without its fractions: `2026-01-31 10:00:00`. What is no time stays as it is. */
export const timeText = (time: string): string => plain(time.replace(/T([\d:]{8})(\.\d+)?Z$/, ' $1'));

const marks = {
  bad: { mark: '✖', style: 'red' },
  unclear: { mark: '!', style: 'yellow' },
  good: { mark: '✔', style: 'green' },
} as const satisfies Record<Verdict, object>;

/** The conditions of a cluster, one line each, worst first. */
export const conditionLines = ({ conditions }: ClusterStatus, paint: Paint): string[] =>
  worstFirst(conditions).map((condition) => {
    const { lastTransitionTime } = condition;
    const { mark, style } = marks[verdictOf(condition)];
    const since = lastTransitionTime ? `, since ${timeText(lastTransitionTime)}` : '';
    return `  ${paint(style, mark)} ${conditionText(condition)}${since}`;
  });

const section = (title: string, lines: string[]): string[] => (lines.length > 0 ? ['', title, ...lines] : []);

/** All that is known of a cluster, as lines for people. */
export function clusterLines(cluster: Cluster, paint: Paint): string[] {
  const { createdBy } = cluster;
  const rows: [string, string | undefined][] = [
    ['Name', cluster.name],
    ['Id', cluster.id],
    ['Phase', cluster.phase],
    ['Message', cluster.message],
    ['Version', cluster.version],
    ['Region', cluster.region],
    ['VPC', cluster.vpcId],
    ['Access mode', cluster.accessMode],
    ['OIDC issuer', cluster.oidcIssuerUrl],
    ['OIDC provider', cluster.oidcProviderArn],
    ['Created', `${timeText(cluster.createdAt)}${createdBy ? ` by ${createdBy}` : ''}`],
  ];
  const known = rows.flatMap(([name, value]) => (value ? [[name, plain(value)]] : []));
  const conditions = conditionLines(cluster, paint);
  return [
    ...table(known),
    ...section('Operations', operationLines(cluster.operations, paint)),
    ...section('Conditions', conditions),
  ];
}

/** `, did you mean dev1 or dev2?`, or nothing when no name is near. */
export const nearText = (near: readonly string[]): string =>
  near.length > 0 ? `; did you mean ${near.join(' or ')}?` : '.';
