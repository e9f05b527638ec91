import type { Line } from '../../../observability/dashboards/widgets.ts';
import { componentNames } from '../../../shared/customer-stack/components.ts';
import { accounts, findings, found, measures, points, versions } from './day.ts';

/** A line of a graph: what its legend says, and a value for every five minutes of the day. */
export interface Series {
  label: string;
  values: number[];
}

type Account = (typeof accounts)[number];

const [home] = accounts as [Account];

const overTheDay = (valueAt: (point: number) => number): number[] =>
  Array.from({ length: points }, (_, point) => valueAt(point));

const componentIn = (text: string): string => componentNames.find((name) => text.includes(name)) ?? '';

const measured = (measure: string, component: string, account: Account): number[] =>
  overTheDay((point) => measures[measure]?.(component, account, point) ?? 0);

/** Statistics are of durations; everything else is added up. */
const measureOf = (metric: string, stat: unknown): string => (metric === 'Duration' ? String(stat) : metric);

const ratio = (part: number[], whole: number[]): number[] =>
  part.map((value, point) => (whole[point] ? (100 * value) / whole[point] : 0));

const sum = (all: number[][]): number[] =>
  overTheDay((point) => all.reduce((total, values) => total + (values[point] ?? 0), 0));

/** The label of a found metric, with its properties filled in. */
const labelled = (label: string, properties: Record<string, string>): string =>
  label.replaceAll(/\$\{PROP\('(?:Dim\.)?(\w+)'\)\}/g, (_, name: string) => properties[name] ?? '').trim();

/** What a search finds: metrics of checks, of versions, or of a function, in one account or in all. */
function searched(expression: string, label: string, seen: readonly Account[]): Series[] {
  const [, metric = '', stat = ''] = /MetricName="(\w+)".*, '(\w+)', 300/.exec(expression) ?? [];
  const series = (account: Account, values: number[], properties: Record<string, string> = {}): Series => {
    const known = { AccountLabel: account.label, AccountId: account.id, ...properties };
    return { label: labelled(label || Object.values(properties).join(' '), known), values };
  };
  const checks = Object.entries(findings[metric] ?? {});
  if (checks.length > 0)
    return seen.flatMap((account) =>
      checks.map(([check, share]) =>
        series(
          account,
          overTheDay((point) => found(check, share, account.label, point)),
          { check },
        ),
      ),
    );
  if (expression.includes('ExecutedVersion'))
    return (versions[componentIn(expression)] ?? []).map(([version, measure]) => ({
      label: `${label} ${version}`,
      values: overTheDay((point) => measure(componentIn(expression), home, point)),
    }));
  const components = componentIn(expression) ? [componentIn(expression)] : componentNames;
  return seen.flatMap((account) =>
    components.map((service) =>
      series(account, measured(measureOf(metric, stat), service, account), { service }),
    ),
  );
}

/** The lines that a line of a dashboard's graph becomes. @param seen the accounts that the dashboard shows */
export function seriesOf(line: Line, seen: readonly Account[]): Series[] {
  const options = line.at(-1) as { expression?: string; label?: string; stat?: string; visible?: boolean };
  const { expression, label = '', stat, visible } = options;
  if (visible === false) return [];
  if (expression === undefined) {
    const values = measured(measureOf(String(line[1]), stat), componentIn(line.join()), home);
    return [{ label, values }];
  }
  if (expression.startsWith('IF(')) {
    const of = (measure: string) => measured(measure, componentIn(label), home);
    return [{ label, values: ratio(of('Errors'), of('Invocations')) }];
  }
  const all = searched(expression, label, seen);
  if (!expression.startsWith('SUM(')) return all;
  return [{ label, values: sum(all.map(({ values }) => values)) }];
}
