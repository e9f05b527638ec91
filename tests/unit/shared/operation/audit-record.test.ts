import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { validate as isAuditRecord } from '../../../../schemas/generated/audit-record.js';
import { largestRecordBytes } from '../../../../shared/operation/bounded-result.ts';
import { captureOutput, type LogRecord } from '../../../support/captured-output.ts';
import { loggedBy } from '../../../support/logs-insights/sample-log.ts';
import { networkOnWire, preflightOnWire } from '../../../support/wire/checker-on-wire.ts';
import { Refusal } from '../../../support/wire/fake-aws.ts';
import { always, hangs } from '../../../support/wire/faults.ts';
import { preflightRequest } from '../../../support/wire/healthy-account.ts';
import { networkRequest } from '../../../support/wire/healthy-network.ts';
import { largeNetwork, largeRequest } from '../../../support/wire/large-network.ts';
import { provisionerOnWire } from '../../../support/wire/provider-on-wire.ts';

let output: ReturnType<typeof captureOutput>;
beforeEach(() => {
  output = captureOutput();
});
afterEach(() => output.restore());

/** The one record of an invocation, however it ends. */
async function recordOf(invoked: Promise<object>): Promise<LogRecord> {
  await invoked.catch(() => {});
  const [record, ...more] = output.records().filter(({ message }) => /^operation /.test(String(message)));
  expect(more).toEqual([]);
  return record ?? {};
}

const provider = await provisionerOnWire();
const preflight = await preflightOnWire();
const network = await networkOnWire();

const oidcRequest = { issuer_url: 'https://oidc.example.com/2f3a1c7e', cluster_id: '2f3a1c7e' };
const ids = { cluster_id: '2f3a1c7e', correlation_id: 'workflow:4711/3' };
const refusedBy = (code: string, status = 400) => always(() => new Refusal(code, status));

const expectValid = (record: LogRecord) =>
  expect({ valid: isAuditRecord(record), errors: isAuditRecord.errors }).toMatchObject({ valid: true });

describe('the record of an operation that completed', () => {
  it.each([
    ['oidc-provisioner', () => provider.provision({ ...oidcRequest, correlation_id: ids.correlation_id })],
    ['preflight-checker', () => preflight.invoke({ ...preflightRequest, ...ids })],
    ['network-verifier', () => network.invoke({ ...networkRequest, ...ids, include_topology: true })],
  ])('of %s is as the schema says, with the ids of the request at its top', async (operation, invoke) => {
    const record = await recordOf(invoke());
    expectValid(record);
    expect(record).toMatchObject({ operation, message: 'operation completed', ...ids, errors: [] });
  });

  it('lists every check with its worst status, and the summary, before what may be long', async () => {
    const record = await recordOf(preflight.invoke(preflightRequest));
    const checks = record.checks as { name: string; status: string }[];
    expect(checks.map(({ name }) => name)).toEqual(preflight.checks.map(({ name }) => name));
    expect(new Set(checks.map(({ status }) => status))).toContain('passed');
    expect(record.summary).toMatchObject({ failed: expect.any(Number) });
    expect(Object.keys(record).slice(-3)).toEqual(['input_parameters', 'checks', 'result']);
  });

  it('says of a check that was denied why, and which action it lacks', async () => {
    preflight.aws.behave(({ call, answer }) => {
      if (call.action === 'ec2:DescribeRegions') throw new Refusal('UnauthorizedOperation', 403);
      return answer();
    });
    const record = await recordOf(preflight.invoke(preflightRequest));
    preflight.aws.behave();
    expectValid(record);
    expect(record.checks).toContainEqual({
      name: 'region_enabled',
      status: 'warning',
      reason_code: 'access_denied',
      missing_action: 'ec2:DescribeRegions',
      duration_ms: expect.any(Number),
    });
  });

  it('tells of each way out where it leads, but neither its hops nor the topology', async () => {
    const record = await recordOf(network.invoke({ ...networkRequest, include_topology: true }));
    const { network_validation_results: findings, topology } = record.result as {
      network_validation_results: { check_name: string; details: object }[];
      topology: object;
    };
    const ways = findings.filter(({ check_name }) => check_name === 'egress_path');
    expect(ways.length).toBeGreaterThan(0);
    for (const { details } of ways) expect(details).toHaveProperty('verdict');
    expect(JSON.stringify(record)).not.toMatch(/"hops"|"hosts"/);
    expect(topology).toMatchObject({ subnets: 3, route_tables: 3 });
  });

  it('stays within its limit for 50 subnets, and loses nothing that failed or warns', async () => {
    const large = await networkOnWire(largeRequest, largeNetwork);
    const report = large.invoke(largeRequest) as Promise<{ network_validation_results: Found[] }>;
    const record = await recordOf(report);
    const troubled = ({ network_validation_results: findings }: { network_validation_results: Found[] }) =>
      findings
        .filter(({ status }) => status !== 'passed')
        .map(({ check_name, status, resource_id }) => [check_name, status, resource_id]);
    const answer = await report;
    expect(Buffer.byteLength(JSON.stringify(answer))).toBeGreaterThan(largestRecordBytes);
    expect(Buffer.byteLength(JSON.stringify(record))).toBeLessThan(largestRecordBytes);
    expectValid(record);
    expect(troubled(answer).length).toBeGreaterThan(400);
    expect(troubled(record.result as typeof answer)).toEqual(troubled(answer));
  });
});

/** A finding of a network verification. */
interface Found {
  check_name: string;
  status: string;
  resource_id: string;
}

describe('the record of an operation that failed', () => {
  it.each([
    ['AccessDeniedError', refusedBy('AccessDenied', 403)],
    ['ThrottledError', refusedBy('Throttling')],
    ['ConflictError', refusedBy('LimitExceeded', 409)],
    ['DependencyError', refusedBy('ServiceFailure', 500)],
    ['InvalidRequestError', refusedBy('InvalidInput')],
  ])('is as the schema says: %s', async (name, behaviour) => {
    provider.aws.behave(behaviour);
    const record = await recordOf(provider.provision({ ...oidcRequest, ...ids }));
    provider.aws.behave();
    expectValid(record);
    expect(record).toMatchObject({ message: 'operation failed', ...ids, result: { errorType: name } });
  });

  it.each([
    ['oidc-provisioner', () => provider.provision({ cluster_id: 'x' } as never)],
    ['preflight-checker', () => preflight.invoke({ correlation_id: 'two words' })],
    ['network-verifier', () => network.invoke({ ...networkRequest, cluster_id: '' })],
  ])('is as the schema says when %s refuses a request, and has no ids of it', async (operation, invoke) => {
    const record = await recordOf(invoke());
    expectValid(record);
    expect(record).toMatchObject({ operation, input_parameters: { refused: true }, checks: [] });
    expect(record).not.toHaveProperty('cluster_id');
  });

  it('is as the schema says for a fault of our own', async () => {
    const work = () => Promise.reject(new TypeError('x is not a function'));
    const events = await loggedBy({ operation: 'network-verifier', request: networkRequest, work });
    const record = JSON.parse(
      events.find(({ message }) => message.includes('operation failed'))?.message ?? '',
    );
    expectValid(record);
    expect(record.result).toMatchObject({ errorType: 'InternalError' });
  });

  it('keeps its name when AWS, or a proxy in its place, says a megabyte', async () => {
    provider.aws.behave(always(() => new Refusal('ServiceFailure', 500, 'x'.repeat(1_000_000))));
    const record = await recordOf(provider.provision(oidcRequest));
    provider.aws.behave();
    expectValid(record);
    expect(record.result).toMatchObject({ errorType: 'DependencyError' });
    expect(JSON.stringify(record).length).toBeLessThan(20_000);
  });

  it('is as the schema says when time runs out', async () => {
    provider.aws.behave(hangs);
    const record = await recordOf(provider.provision(oidcRequest, 1_010));
    provider.aws.behave();
    expectValid(record);
    expect(record.result).toMatchObject({ errorType: 'DependencyError' });
  });
});
