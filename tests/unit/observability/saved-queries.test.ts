import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { readQueries } from '../../../observability/saved-queries.ts';
import { AwsCallError } from '../../../shared/aws/aws-call-error.ts';
import { passed } from '../../../shared/checks/check.ts';
import type { LogEvent } from '../../support/logs-insights/events.ts';
import { runQuery } from '../../support/logs-insights/run-query.ts';
import { loggedBy } from '../../support/logs-insights/sample-log.ts';

const queries = readQueries(fileURLToPath(new URL('../../../observability/queries', import.meta.url)));

/** Runs a saved query by its name. */
const run = (name: string, events: LogEvent[], replaced = '') => {
  const query = queries.find((one) => one.name === name);
  if (!query) throw new Error(`there is no saved query ${name}`);
  return runQuery(query.text.replaceAll('CLUSTER_ID', replaced), events);
};

const awsError = (action: string, name: string) =>
  new AwsCallError(action, Object.assign(new Error('no'), { name, $metadata: {} }));

const oidcRequest = { cluster_id: '2f3a1c7e', issuer_url: 'https://oidc.op1.openshiftapps.com/2f3a1c7e' };
const created = { status: 'created', dry_run: false };

const failing = (error: Error) => () => Promise.reject(error);

const finding = (check_name: string, details: object = {}) => ({
  check_name,
  status: 'warning',
  message: 'Not checked',
  details,
});

/** More findings than Logs Insights has room for fields. */
const manyFindings = Array.from({ length: 67 }, (_, index) =>
  finding(`check_${index}`, { a: index, b: index, c: index }),
);

const summary = { status: 'warning', passed: 60, failed: 2, warning: 5 };

describe('the saved queries', () => {
  it.each(queries)('$name says what it is for, and can be run', ({ text }) => {
    expect(text).toMatch(/^# [A-Z]/);
    expect(text.length).toBeLessThan(10_000);
    expect(() => runQuery(text, [])).not.toThrow();
  });
});

describe('failed-oidc-creations', () => {
  it('shows what failed for which cluster, newest first, and nothing else', async () => {
    const denied = awsError('iam:CreateOpenIDConnectProvider', 'AccessDenied');
    const events = [
      ...(await loggedBy({ operation: 'oidc-provisioner', request: oidcRequest, work: async () => created })),
      ...(await loggedBy({
        operation: 'oidc-provisioner',
        request: oidcRequest,
        work: failing(denied),
        at: 1,
      })),
      ...(await loggedBy({
        operation: 'oidc-provisioner',
        request: { ...oidcRequest, cluster_id: 'another' },
        work: failing(denied),
        at: 2,
      })),
      ...(await loggedBy({ operation: 'network-verifier', request: {}, work: failing(denied), at: 3 })),
    ];
    expect(run('failed-oidc-creations', events)).toEqual([
      expect.objectContaining({ '@timestamp': 2, 'input_parameters.cluster_id': 'another' }),
      expect.objectContaining({
        '@timestamp': 1,
        'input_parameters.cluster_id': '2f3a1c7e',
        'result.errorType': 'AccessDeniedError',
        'result.errorMessage': expect.stringContaining('iam:CreateOpenIDConnectProvider'),
        function_version: '7',
      }),
    ]);
  });
});

describe('failed-operations', () => {
  it('counts failures by operation, version and kind, the most frequent first', async () => {
    const throttled = failing(awsError('ec2:DescribeVpcs', 'RequestLimitExceeded'));
    const events = [
      ...(await loggedBy({
        operation: 'oidc-provisioner',
        request: oidcRequest,
        work: failing(new Error('x')),
        at: 1,
      })),
      ...(await loggedBy({ operation: 'network-verifier', request: {}, work: throttled, at: 2 })),
      ...(await loggedBy({ operation: 'network-verifier', request: {}, work: throttled, at: 5 })),
      ...(await loggedBy({ operation: 'oidc-provisioner', request: oidcRequest, work: async () => created })),
    ];
    expect(run('failed-operations', events)).toEqual([
      {
        operation: 'network-verifier',
        function_version: '7',
        'result.errorType': 'ThrottledError',
        times: 2,
        first_seen: 2,
        last_seen: 5,
      },
      expect.objectContaining({ 'result.errorType': 'InternalError', times: 1 }),
    ]);
  });
});

describe('one-cluster', () => {
  it('shows in order what was done for a cluster, how long it took and what came of it', async () => {
    const network = { network_validation_results: manyFindings, summary, dry_run: false };
    const events = [
      ...(await loggedBy({
        operation: 'oidc-provisioner',
        request: oidcRequest,
        work: async () => created,
        at: 9,
      })),
      // The cluster is named in a tag that was found, and the record is larger than Logs Insights looks.
      ...(await loggedBy({
        operation: 'network-verifier',
        request: { vpc_id: 'vpc-1', cluster: '2f3a1c7e' },
        work: async () => network,
        at: 4,
      })),
      ...(await loggedBy({
        operation: 'network-verifier',
        request: { vpc_id: 'vpc-2' },
        work: async () => network,
      })),
    ];
    const found = run('one-cluster', events, '2f3a1c7e');
    expect(found).toEqual([
      expect.objectContaining({
        '@timestamp': 4,
        operation: 'network-verifier',
        'record.duration': expect.any(Number),
        'record.result.summary.failed': 2,
      }),
      expect.objectContaining({ '@timestamp': 9, 'record.result.status': 'created' }),
    ]);
  });

  it('finds what belongs to a request, too', async () => {
    const requestId = '11111111-2222-4333-8444-555555555555';
    const events = await loggedBy({
      operation: 'oidc-provisioner',
      request: oidcRequest,
      work: async () => created,
      requestId,
    });
    expect(run('one-cluster', events, requestId)).toHaveLength(1);
  });
});

describe('slowest-checks', () => {
  /** The log of a preflight whose checks took so many milliseconds. */
  const preflight = (durations: Record<string, number>) =>
    loggedBy({
      operation: 'preflight-checker',
      request: {},
      work: async ({ invocation }) => {
        const runs = Object.entries(durations).map(([name, durationMs]) => ({
          name,
          durationMs,
          findings: [passed('fine')],
        }));
        invocation.noteChecks?.(runs);
        return { summary };
      },
    });

  it('ranks the checks of all runs by the longest one took', async () => {
    const events = [
      ...(await preflight({ region_enabled: 120, quota_vpcs: 80 })),
      ...(await preflight({ quota_vpcs: 900 })),
      // No checks at all.
      ...(await loggedBy({ operation: 'oidc-provisioner', request: oidcRequest, work: async () => created })),
    ];
    expect(run('slowest-checks', events)).toEqual([
      {
        operation: 'preflight-checker',
        'check.name': 'quota_vpcs',
        longest_ms: 900,
        p99_ms: 900,
        average_ms: 490,
        runs: 2,
      },
      expect.objectContaining({ 'check.name': 'region_enabled', longest_ms: 120, runs: 1 }),
    ]);
  });
});

describe('denied-actions', () => {
  it('counts by action what was denied to checks and to operations', async () => {
    const blind = [
      finding('vpc_exists', { reason_code: 'access_denied', missing_action: 'ec2:DescribeVpcs' }),
      finding('vpc_dns', { reason_code: 'access_denied', missing_action: 'ec2:DescribeVpcs' }),
    ];
    const denied = awsError('iam:CreateOpenIDConnectProvider', 'AccessDenied');
    const check = (at: number) =>
      loggedBy({
        operation: 'network-verifier',
        request: {},
        work: async () => ({ network_validation_results: blind, summary }),
        at,
      });
    const events = [
      ...(await check(1)),
      ...(await check(2)),
      ...(await loggedBy({
        operation: 'oidc-provisioner',
        request: oidcRequest,
        work: failing(denied),
        at: 3,
      })),
      ...(await loggedBy({ operation: 'oidc-provisioner', request: oidcRequest, work: async () => created })),
    ];
    expect(run('denied-actions', events)).toEqual([
      {
        denied_action: 'ec2:DescribeVpcs',
        operation: 'network-verifier',
        times: 2,
        first_seen: 1,
        last_seen: 2,
      },
      expect.objectContaining({
        denied_action: 'iam:CreateOpenIDConnectProvider',
        operation: 'oidc-provisioner',
      }),
    ]);
  });
});

describe('throttled-calls', () => {
  it('counts by action what AWS limited', async () => {
    const limited = {
      ...finding('vpc_exists', { reason_code: 'throttled', error_code: 'RequestLimitExceeded' }),
      message: 'Not checked: ec2:DescribeVpcs failed with RequestLimitExceeded. Run it again. AWS said: no',
    };
    const events = [
      ...(await loggedBy({
        operation: 'network-verifier',
        request: {},
        work: async () => ({ network_validation_results: [limited], summary }),
      })),
      ...(await loggedBy({
        operation: 'oidc-provisioner',
        request: oidcRequest,
        work: failing(awsError('iam:GetOpenIDConnectProvider', 'ThrottlingException')),
      })),
      ...(await loggedBy({ operation: 'oidc-provisioner', request: oidcRequest, work: async () => created })),
    ];
    const found = run('throttled-calls', events).map(({ limited_action, error_code }) => [
      limited_action,
      error_code,
    ]);
    expect(found).toEqual([
      ['ec2:DescribeVpcs', 'RequestLimitExceeded'],
      ['iam:GetOpenIDConnectProvider', 'ThrottlingException'],
    ]);
  });
});

describe('versions-in-use', () => {
  it('shows which versions answered, the latest first', async () => {
    const answered = (version: string, at: number) =>
      loggedBy({
        operation: 'oidc-provisioner',
        request: oidcRequest,
        work: async () => created,
        version,
        at,
      });
    const events = [...(await answered('7', 1)), ...(await answered('7', 2)), ...(await answered('8', 3))];
    expect(run('versions-in-use', events)).toEqual([
      expect.objectContaining({ function_version: '8', rosa_version: '1.2.3', calls: 1, last_seen: 3 }),
      expect.objectContaining({ function_version: '7', calls: 2, p50_ms: expect.any(Number) }),
    ]);
  });
});
