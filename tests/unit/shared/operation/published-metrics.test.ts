import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { captureOutput, type LogRecord } from '../../../support/captured-output.ts';
import { networkOnWire, preflightOnWire } from '../../../support/wire/checker-on-wire.ts';
import { type Behaviour, Refusal } from '../../../support/wire/fake-aws.ts';
import { always, atFirst, hangs, troublesOf } from '../../../support/wire/faults.ts';
import { preflightRequest } from '../../../support/wire/healthy-account.ts';
import { networkRequest } from '../../../support/wire/healthy-network.ts';
import { largeNetwork, largeRequest } from '../../../support/wire/large-network.ts';
import { provisionerOnWire } from '../../../support/wire/provider-on-wire.ts';

let output: ReturnType<typeof captureOutput>;
beforeEach(() => {
  output = captureOutput();
});
afterEach(() => output.restore());

interface Embedded {
  _aws: { CloudWatchMetrics: { Namespace: string; Dimensions: string[][]; Metrics: { Name: string }[] }[] };
}

const isEmbedded = (record: LogRecord): record is LogRecord & Embedded => record._aws !== undefined;

/** What was published of a metric: each value with its dimensions. */
const published = (name: string) =>
  output
    .records()
    .filter(isEmbedded)
    .flatMap((record) =>
      record._aws.CloudWatchMetrics.filter(({ Metrics }) => Metrics.some(({ Name }) => Name === name)).map(
        ({ Namespace, Dimensions }) => ({
          Namespace,
          ...Object.fromEntries((Dimensions[0] ?? []).map((dimension) => [dimension, record[dimension]])),
          value: record[name],
        }),
      ),
    );

const Namespace = 'RosaLambdaAccess';
const preflight = await preflightOnWire();
const network = await networkOnWire();
const provider = await provisionerOnWire();
const oidcRequest = { issuer_url: 'https://oidc.example.com/2f3a1c7e', cluster_id: '2f3a1c7e' };

/** One action that behaves so, all others as always. */
const only =
  (action: string, behaviour: Behaviour): Behaviour =>
  (exchange) =>
    exchange.call.action === action ? behaviour(exchange) : exchange.answer();

const denied = only(
  'ec2:DescribeRegions',
  always(() => new Refusal('UnauthorizedOperation', 403)),
);

describe('the metrics of checks', () => {
  it('count the failed findings of a check under its name', async () => {
    const large = await networkOnWire(largeRequest, largeNetwork);
    await large.invoke(largeRequest);
    const service = 'network-verifier';
    expect(published('check_failures')).toContainEqual({
      Namespace,
      service,
      check: 'subnet_free_ips',
      value: 50,
    });
    expect(published('network_validations_failed')).toEqual([
      { Namespace, service, value: sumOf('check_failures') },
    ]);
  });

  it('count a check that was denied as undetermined', async () => {
    preflight.aws.behave(denied);
    await preflight.invoke(preflightRequest);
    preflight.aws.behave();
    const service = 'preflight-checker';
    expect(published('check_undetermined')).toContainEqual({
      Namespace,
      service,
      check: 'region_enabled',
      value: 1,
    });
    expect(published('deadline_ended_answers')).toEqual([]);
  });

  it('are not sent for checks that are in order, or that nothing can be done about', async () => {
    await network.invoke(networkRequest);
    const results = await network.report();
    const inOrder = [...results].filter(([, all]) => all.every(({ status }) => status === 'passed'));
    expect(inOrder.length).toBeGreaterThan(20);
    const sent = [...published('check_failures'), ...published('check_undetermined')] as { check?: string }[];
    expect(sent.filter(({ check }) => inOrder.some(([name]) => name === check))).toEqual([]);
    expect(published('check_undetermined')).toEqual([]);
  });

  it('count an answer that time cut short', async () => {
    network.aws.behave(only('ec2:DescribeNetworkAcls', hangs));
    await network.invoke(networkRequest, 2_300);
    network.aws.behave();
    expect(published('deadline_ended_answers')).toEqual([
      { Namespace, service: 'network-verifier', value: 1 },
    ]);
  });

  it('do not count dry runs', async () => {
    preflight.aws.behave(denied);
    await preflight.invoke({ ...preflightRequest, dry_run: true });
    preflight.aws.behave();
    expect(published('dry_runs')).toHaveLength(1);
    for (const metric of ['check_failures', 'check_undetermined', 'preflight_checks_failed']) {
      expect({ metric, published: published(metric) }).toEqual({ metric, published: [] });
    }
  });
});

const sumOf = (metric: string): number =>
  (published(metric) as { value: unknown }[]).reduce((sum, { value }) => sum + Number(value), 0);

describe('the metrics of calls to AWS', () => {
  it('count each call once, and neither retries nor throttles when there are none', async () => {
    provider.stored = undefined;
    provider.aws.behave();
    await provider.provision(oidcRequest);
    expect(published('aws_calls')).toEqual([
      { Namespace, service: 'oidc-provisioner', value: provider.aws.calls.length },
    ]);
    expect([...published('aws_retries'), ...published('aws_throttles')]).toEqual([]);
  });

  it('count attempts beyond the first, and those that AWS limited', async () => {
    provider.stored = undefined;
    const { throttled, broken } = troublesOf('iam:GetOpenIDConnectProvider');
    provider.aws.behave(only('iam:GetOpenIDConnectProvider', atFirst(throttled, broken, throttled)));
    await provider.provision(oidcRequest);
    expect(sumOf('aws_retries')).toBe(3);
    expect(sumOf('aws_throttles')).toBe(2);
    expect(sumOf('aws_calls')).toBe(provider.aws.calls.length - 3);
    provider.aws.behave();
  });

  it('count those of an operation that fails, too, and of each invocation only its own', async () => {
    provider.aws.behave(always(() => new Refusal('AccessDenied', 403)));
    for (const _ of [1, 2]) await provider.provision(oidcRequest).catch(() => {});
    provider.aws.behave();
    expect(published('aws_calls').map(({ value }) => value)).toEqual([1, 1]);
    expect(sumOf('operation_failures')).toBe(2);
  });

  it('are left out of an invocation that makes none', async () => {
    await provider.provision({} as never).catch(() => {});
    expect(published('operation_failures')).toHaveLength(1);
    expect(published('aws_calls')).toEqual([]);
  });
});
