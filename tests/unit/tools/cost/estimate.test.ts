import { describe, expect, it } from '@jest/globals';
import { archiveCost, billedSeconds, monthlyCost } from '../../../../tools/cost/estimate.ts';
import { measurementOf } from '../../../../tools/cost/measurement.ts';

const measured = {
  component: 'oidc-provisioner',
  memoryMb: 128,
  billedMs: 5000,
  awsCalls: 10,
  logBytes: 1000,
  metrics: 2,
};
const usage = { clusters: 100, perCluster: { 'oidc-provisioner': 10 }, logMonths: 3 };

describe('the cost of a month', () => {
  it('of the design itself, a thousand runs of 5 s at 128 MB with 1 KB of log, is what the design says', () => {
    const cost = monthlyCost([measured], usage, { secondsPerCall: 0 });
    expect(cost.requests).toBeCloseTo(0.0002, 6);
    // $0.01 at the price of x86_64; arm64 is a fifth less.
    expect(cost.duration).toBeCloseTo(0.00833, 4);
    expect(cost.logIngestion).toBeCloseTo(0.0005, 6);
    expect(cost.logStorage).toBeCloseTo(0.00009, 6);
  });

  it('has the metrics by the hours in which they are sent', () => {
    const everyHour = { ...usage, clusters: 73 };
    const { customMetrics } = monthlyCost([measured], everyHour, { secondsPerCall: 0 });
    expect(customMetrics).toBeCloseTo(2 * 0.3, 6);
  });

  it('leaves out a function that is not used', () => {
    const other = { ...measured, component: 'network-verifier' };
    expect(monthlyCost([measured, other], usage, { secondsPerCall: 0 })).toEqual(
      monthlyCost([measured], usage, { secondsPerCall: 0 }),
    );
  });

  it('of the archive counts each record of Firehose as 5 KB', () => {
    const small = archiveCost([{ ...measured, logBytes: 1 }], usage);
    const larger = archiveCost([{ ...measured, logBytes: 5121 }], usage);
    expect(larger - small).toBeCloseTo((1000 * 2 * 5120 * 0.029) / 1e9 + (12_000 * 5120 * 0.023) / 1e9, 9);
  });
});

describe('what an invocation is billed', () => {
  it('is what the laptop took', () => {
    expect(billedSeconds(measured, { secondsPerCall: 0 })).toBe(5);
  });

  it('is longer where memory gives less than a processor, and by each call to AWS', () => {
    expect(billedSeconds(measured, { secondsPerCall: 0.2, memoryOfProcessorMb: 256 })).toBe(12);
  });
});

describe('a measurement', () => {
  const report =
    'REPORT RequestId: 1\tDuration: 40.00 ms\tBilled Duration: 560 ms\tMemory Size: 128 MB\tMax Memory Used: 70 MB\t\n';
  const metricLine = (names: string[], dimensions: string[][]) =>
    JSON.stringify({
      _aws: { CloudWatchMetrics: [{ Metrics: names.map((Name) => ({ Name })), Dimensions: dimensions }] },
    });

  it('is read from the log of the invocation', () => {
    const lines = [
      'START\n',
      '{"message":"operation completed"}\n',
      metricLine(['a', 'b'], [['service']]),
      report,
    ];
    const text = lines.reduce((sum, line) => sum + line.length, 0);
    expect(measurementOf('oidc-provisioner', lines, 2)).toEqual({
      component: 'oidc-provisioner',
      memoryMb: 128,
      billedMs: 560,
      awsCalls: 2,
      logBytes: text + 4 * 26,
      metrics: 2,
    });
  });

  it('counts a metric once for each set of dimensions', () => {
    const line = metricLine(['a'], [['service'], ['service', 'check']]);
    expect(measurementOf('oidc-provisioner', [line, report], 0).metrics).toBe(2);
  });

  it('needs the line in which Lambda reports', () => {
    expect(() => measurementOf('oidc-provisioner', ['START\n'], 0)).toThrow(/REPORT/);
  });
});
