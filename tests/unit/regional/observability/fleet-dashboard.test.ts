import { Logger } from '@aws-lambda-powertools/logger';
import { describe, expect, it } from '@jest/globals';
import type { CustomerAccount } from '../../../../regional/accounts/customer-account.ts';
import type { Cluster } from '../../../../regional/clusters/cluster.ts';
import { regionalAlarms } from '../../../../regional/observability/alarms.ts';
import { accountsQuery, fleetBody } from '../../../../regional/observability/dashboard.ts';
import { regionalMetrics } from '../../../../regional/observability/regional-metrics.ts';
import { reportFailures } from '../../../../regional/observability/report-failures.ts';
import { stepReporter } from '../../../../regional/observability/report-step.ts';
import type { PlatformOperation } from '../../../../schemas/generated/platform-cluster.js';
import { AuditLogFormatter } from '../../../../shared/operation/audit-log-formatter.ts';
import { captureOutput } from '../../../support/captured-output.ts';
import { accountId, newAccount, newCluster } from '../../../support/fakes/regional.ts';
import type { LogEvent } from '../../../support/logs-insights/events.ts';
import { runQuery } from '../../../support/logs-insights/run-query.ts';

const logger = () => new Logger({ serviceName: 'rosa-regional', logFormatter: new AuditLogFormatter() });

/** What a function prints while it does something. */
function printedBy(work: () => void): string[] {
  const output = captureOutput();
  work();
  output.restore();
  return output.text().trimEnd().split('\n');
}

const step: PlatformOperation = {
  operation: 'preflight-checker',
  outcome: 'passed',
  via: 'lambda',
  attempts: 1,
  at: '2026-03-01T09:00:00Z',
  release: '0.1.0',
  findings: [],
};

/** The lines that the end of a step really writes. */
function linesOf(operation: Partial<PlatformOperation>, account = accountId): string[] {
  const cluster = newCluster() as Cluster;
  const fresh = newAccount() as CustomerAccount;
  const named = { ...fresh, metadata: { ...fresh.metadata, name: account } };
  return printedBy(() =>
    stepReporter(
      logger(),
      regionalMetrics(),
    )({
      cluster,
      account: named,
      operation: { ...step, ...operation },
    }),
  );
}

const at = (timestamp: number, lines: string[]): LogEvent[] =>
  lines.map((message) => ({ timestamp, message }));

const metricsIn = (lines: string[]) => lines.map((line) => JSON.parse(line)).filter((line) => '_aws' in line);

describe('the dashboard of the fleet', () => {
  it('tells of each account which release answered last, when, and in which mode it is', () => {
    const events = [
      ...at(1_000, linesOf({})),
      ...at(3_000, linesOf({ release: '0.2.0' })),
      ...at(2_000, linesOf({ via: 'oidc-sts', fallback: { kind: 'denied', message: 'no' } })),
      ...at(1_500, linesOf({}, '999999999999')),
    ];
    expect(runQuery(accountsQuery, events)).toMatchObject([
      { account_id: accountId, last_release: '0.2.0', mode: 'lambda', steps: 3, fallbacks: 1 },
      { account_id: '999999999999', last_release: '0.1.0', steps: 1, fallbacks: 0 },
    ]);
  });

  it('has no widget over another or beyond its width', () => {
    const cells = fleetBody.widgets.flatMap(({ x, y, width }) =>
      Array.from({ length: width }, (_, index) => `${x + index}:${y}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(Math.max(...fleetBody.widgets.map(({ x, width }) => x + width))).toBe(24);
  });
});

describe('the end of a step', () => {
  it('is counted by operation, outcome and way', () => {
    expect(metricsIn(linesOf({ outcome: 'failed' }))).toMatchObject([
      {
        StepsEnded: 1,
        operation: 'preflight-checker',
        outcome: 'failed',
        via: 'lambda',
        service: 'rosa-regional',
      },
    ]);
  });

  it('counts a fallback by its reason, and an error by its kind', () => {
    const fallback = { kind: 'denied', message: 'no' };
    const error = { kind: 'timed-out', message: 'no' };
    const counted = metricsIn(linesOf({ via: 'oidc-sts', outcome: 'error', fallback, error }));
    expect(counted).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ Fallbacks: 1, kind: 'denied' }),
        expect.objectContaining({ StepErrors: 1, kind: 'timed-out' }),
      ]),
    );
  });

  it('counts a fallback once more without its reason, for the alarm', () => {
    const { Properties } = regionalAlarms.FallbacksAlarm ?? {};
    const fallback = { kind: 'denied', message: 'no' };
    const counted = metricsIn(linesOf({ via: 'oidc-sts', fallback })).filter((line) => 'Fallbacks' in line);
    const [withoutReason] = counted.filter(({ kind }) => kind === undefined);
    expect(counted).toHaveLength(2);
    expect(withoutReason).toMatchObject({ Fallbacks: 1, service: 'rosa-regional' });
    expect(withoutReason?._aws.CloudWatchMetrics).toMatchObject([
      {
        Namespace: Properties?.Namespace,
        Dimensions: [['service']],
        Metrics: [{ Name: Properties?.MetricName }],
      },
    ]);
  });

  it('does not fill the log with findings, which the cluster has', () => {
    const findings = [{ check_name: 'egress', status: 'failed', message: 'No way out' }] as const;
    expect(linesOf({ outcome: 'failed', findings: [...findings] }).join('\n')).not.toContain('No way out');
  });
});

describe('clusters that fail one after the other', () => {
  const failure = { uid: 'u', account: accountId, cluster: 'c1', failed: true, message: 'because' };
  const told = (consecutiveFailures: number, failures = [failure]) =>
    printedBy(() => reportFailures(logger(), regionalMetrics(), { consecutiveFailures, failures }));

  it('are counted in the metric of the alarm', () => {
    expect(metricsIn(told(2))).toMatchObject([{ ConsecutiveFailedClusters: 2, service: 'rosa-regional' }]);
  });

  it('are named in the log when there are three, with what to do', () => {
    expect(told(2).join('\n')).not.toContain('one after the other');
    const record = told(3, [failure, failure, failure]).map((line) => JSON.parse(line));
    expect(record).toContainEqual(
      expect.objectContaining({
        message: 'clusters fail one after the other',
        level: 'ERROR',
        accounts: 1,
        next: 'docs/runbooks/clusters-failing.md',
      }),
    );
  });
});
