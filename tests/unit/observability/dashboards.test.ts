import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import {
  fleetDashboardBody,
  fleetDashboardTemplate,
} from '../../../observability/dashboards/fleet-dashboard.ts';
import { regionDashboardBody } from '../../../observability/dashboards/region-dashboard.ts';
import type { DashboardBody, PlacedWidget } from '../../../observability/dashboards/widgets.ts';
import { resolvedResources, type Template } from '../../../shared/customer-stack/template.ts';
import { runQuery } from '../../support/logs-insights/run-query.ts';
import { loggedBy } from '../../support/logs-insights/sample-log.ts';

const bodies: [string, DashboardBody][] = [
  ['the dashboard of a region', regionDashboardBody(true)],
  ['the same without alarms', regionDashboardBody(false)],
  ['the dashboard of the fleet', fleetDashboardBody],
];

const titles = ({ widgets }: DashboardBody) => widgets.map(({ properties }) => properties.title);

const overlap = (one: PlacedWidget, other: PlacedWidget): boolean =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height;

/** What all lines of a dashboard are computed with. */
const expressions = ({ widgets }: DashboardBody): string[] =>
  widgets
    .flatMap(({ properties }) => (properties.metrics ?? []) as unknown[][])
    .flat()
    .flatMap((part) => (part as { expression?: string } | null)?.expression ?? []);

describe.each(bodies)('%s', (_name, body) => {
  it('has no widgets over one another or beyond its width', () => {
    for (const [index, widget] of body.widgets.entries()) {
      expect(widget.x + widget.width).toBeLessThanOrEqual(24);
      expect(body.widgets.slice(index + 1).filter((other) => overlap(widget, other))).toEqual([]);
    }
  });

  it('searches with no more than the 1024 characters that CloudWatch takes', () => {
    const searches = expressions(body).filter((expression) => expression.includes('SEARCH'));
    expect(searches.length).toBeGreaterThan(0);
    for (const search of searches) {
      expect(search.length).toBeLessThan(1024);
      expect(search.split('(')).toHaveLength(search.split(')').length);
    }
  });
});

describe('the dashboard of a region', () => {
  it('shows what the functions do and how they fail', () => {
    expect(titles(regionDashboardBody(true))).toEqual(
      expect.arrayContaining([
        'Alarms',
        'Calls',
        'Error rate',
        'Throttled calls',
        'Failed checks',
        'Calls by version',
      ]),
    );
    expect(titles(regionDashboardBody(false))).not.toContain('Alarms');
  });

  it('lists the latest failures by a query that works', async () => {
    const widget = regionDashboardBody(true).widgets.find(({ type }) => type === 'log');
    const query = String(widget?.properties.query).replace(/SOURCE '[^']+' \| /g, '');
    const events = await loggedBy({
      operation: 'oidc-provisioner',
      request: {},
      work: () => Promise.reject(new Error('x')),
    });
    expect(runQuery(query, events)).toEqual([
      expect.objectContaining({ operation: 'oidc-provisioner', 'result.errorType': 'InternalError' }),
    ]);
  });
});

describe('the template of the fleet', () => {
  it('is the file in the repository: "npm run docs" writes it', async () => {
    const file = new URL('../../../observability/cross-account/fleet-dashboard.json', import.meta.url);
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(fleetDashboardTemplate);
  });

  it('shows each account by its own name', () => {
    const { Resources } = fleetDashboardTemplate;
    expect(JSON.stringify(Resources)).toContain("${!PROP('AccountLabel')}");
  });

  it('narrows the search down to the accounts that are given, and to none by default', () => {
    const accountTerm =
      fleetDashboardTemplate.Resources.FleetDashboard.Properties.DashboardBody['Fn::Sub'][1];
    const term = (Default: string) => {
      const template = {
        Parameters: { AccountIds: { Type: 'CommaDelimitedList', Default } },
        Conditions: fleetDashboardTemplate.Conditions,
        Resources: { One: { Type: 'T', Properties: { term: accountTerm } } },
      } as unknown as Template;
      const place = { account: '123456789012', region: 'us-east-1', partition: 'aws' };
      return resolvedResources(template, place).One?.Properties.term;
    };
    expect(term('')).toEqual({ Accounts: '' });
    expect(term('111122223333,444455556666')).toEqual({
      Accounts: '(:aws.AccountId=111122223333 OR :aws.AccountId=444455556666)',
    });
  });
});
