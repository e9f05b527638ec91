import { describe, expect, it } from '@jest/globals';
import { captureOutput } from '../../../support/captured-output.ts';
import { preflightOnWire } from '../../../support/wire/checker-on-wire.ts';
import { Refusal } from '../../../support/wire/fake-aws.ts';
import { faultSuite } from '../../../support/wire/fault-suite.ts';
import { always } from '../../../support/wire/faults.ts';
import { spotRequest } from '../../../support/wire/healthy-account.ts';

const ofSpotNodes = ['quota_ec2_spot_vcpu', 'spot_service_linked_role'];
const waitsForAll = 'scp_hint';
const singles = ['ec2:DescribeCapacityReservations', 'ec2:DescribeImages'];
const meaningful = [
  { field: /Tags/, why: 'what has no tags is shown without' },
  { field: /Instances\.InstanceLifecycle$/, why: 'an on-demand instance has none' },
];

const checker = await preflightOnWire();
const about = checker.checks
  .map(({ name }) => name)
  .filter((name) => ![...ofSpotNodes, waitsForAll].includes(name));

await faultSuite('the preflight checker', checker, { about, waitsForAll, singles, meaningful });

await faultSuite('the preflight checker asked about spot nodes', await preflightOnWire(spotRequest), {
  about: ofSpotNodes,
  waitsForAll,
  singles,
  meaningful,
});

describe('a denial by a service control policy', () => {
  it.each(['ec2:DescribeNatGateways', 'iam:GetRole'])(
    'of %s is one like any other, and is told of as such',
    async (action) => {
      const said = `You are not authorized to perform ${action} with an explicit deny in a service control policy`;
      const output = captureOutput();
      checker.aws.touch(
        action,
        always(() => new Refusal('AccessDenied', 403, said)),
      );
      const report = await checker.report().finally(output.restore);
      const denied = [...report.values()].flat().filter(({ details }) => details.missing_action === action);
      expect(denied.length).toBeGreaterThan(0);
      expect(report.get('scp_hint')).toMatchObject([
        { status: 'warning', details: { denied_actions: [action] } },
      ]);
    },
  );
});
