import { describe, expect, it } from '@jest/globals';
import { networkChecks } from '../../../../../functions/network-verifier/checks/index.ts';
import type { NetworkCheck } from '../../../../../functions/network-verifier/network-facts.ts';
import type { NetworkReader } from '../../../../../functions/network-verifier/network-reader.ts';
import { reads } from '../../../../../functions/network-verifier/read-actions.ts';
import type { NetworkRequirements } from '../../../../../schemas/generated/network-verifier-request.js';
import { awsError } from '../../../../support/fakes/aws-errors.ts';
import {
  defaultGroup,
  defaultRoute,
  endpointGroupId,
  fakeNetwork,
  group,
  neededEndpoints,
  privateTable,
  publicSubnetId,
  publicTable,
  toIgw,
  toNat,
  verify,
} from '../../../../support/fakes/network.ts';

type Action = (typeof reads)[keyof typeof reads];

/** A network and a request that every check has something to say of. */
const network = () =>
  fakeNetwork({
    routeTables: [
      privateTable(defaultRoute(toNat), { DestinationPrefixListId: 'pl-1', TransitGatewayId: 'tgw-1' }),
      publicTable(defaultRoute(toIgw)),
    ],
    endpoints: neededEndpoints(),
    securityGroups: [
      defaultGroup(),
      group(endpointGroupId, {
        IpPermissions: [
          { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, PrefixListIds: [{ PrefixListId: 'pl-1' }] },
        ],
      }),
    ],
    prefixLists: { 'pl-1': ['10.0.0.0/24'] },
  });
const requirements: NetworkRequirements = {
  zero_egress: true,
  private: false,
  machine_cidr: '10.0.0.0/16',
  public_subnet_ids: [publicSubnetId],
  additional_security_group_ids: [endpointGroupId],
  endpoint_service_zone_ids: ['use1-az1'],
};

const methods: Record<Action, (keyof NetworkReader)[]> = {
  [reads.dhcpOptions]: ['dhcpOptions'],
  [reads.endpoints]: ['endpoints'],
  [reads.internetGateways]: ['internetGateways'],
  [reads.natGateways]: ['natGateways'],
  [reads.networkAcls]: ['networkAcls'],
  [reads.prefixLists]: ['prefixListRanges'],
  [reads.routeTables]: ['routeTables'],
  [reads.securityGroups]: ['securityGroups', 'securityGroupsOfVpc'],
  [reads.subnets]: ['subnets', 'subnetsOfVpc'],
  [reads.transitGateways]: ['transitGatewayAttachments'],
  [reads.vpc]: ['vpc'],
  [reads.vpcAttribute]: ['vpcDnsAttribute'],
  [reads.zones]: ['zones'],
};

/** What a check finds when an action is denied. */
function withDenied(check: NetworkCheck, action: Action) {
  const denied = network();
  for (const method of methods[action]) {
    denied.fail(method, awsError(action, 'UnauthorizedOperation'), 9);
  }
  return verify(check, denied, requirements);
}

/** Silent, as their entries say: nothing routes to a transit gateway, there is one subnet, no probe is asked for. */
const silentHere = ['tgw_attachment', 'nacl_intra_vpc', 'egress_probe'];

const emptyAnswer = (method: keyof NetworkReader) =>
  ['vpc', 'dhcpOptions', 'vpcDnsAttribute'].includes(method) ? undefined : [];

/** A VPC may have none of these; the checks that then fail are `internet_gateway_attached`, `vpce_sts` and so on. */
const mayBeEmpty: string[] = [reads.internetGateways, reads.endpoints];

describe('every check', () => {
  it('has a name of its own', () => {
    const names = networkChecks.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(networkChecks)('$name says what it is about, when it fails and what to do', (check) => {
    for (const text of [check.what, check.rule, check.remedy]) expect(text).toMatch(/\w/);
    expect(check.name).toMatch(/^[a-z0-9_]+$/);
  });

  it.each(networkChecks)('$name has something to say', async (check) => {
    const results = await verify(check, network(), requirements);
    if (!silentHere.includes(check.name)) expect(results.length).toBeGreaterThan(0);
    expect(results.filter(({ details }) => details?.reason_code)).toEqual([]);
  });

  const pairs = networkChecks.flatMap((check) =>
    Object.values(reads).map((action) => ({ name: check.name, check, action })),
  );
  const needed = pairs.filter(({ check, action }) => check.actions.includes(action));
  const notNeeded = pairs.filter(({ check, action }) => !check.actions.includes(action));

  it.each(needed)('$name is not determined, and names it, without $action', async ({ check, action }) => {
    const results = await withDenied(check, action);
    expect(results).toMatchObject([
      { status: 'warning', details: { reason_code: 'access_denied', missing_action: action } },
    ]);
  });

  it.each(notNeeded)('$name finds the same without $action', async ({ check, action }) => {
    expect(await withDenied(check, action)).toEqual(await verify(check, network(), requirements));
  });

  /** It has a finding for each way, and those of this network do without these: its own test has the others. */
  const otherWays: string[] = [
    reads.networkAcls,
    reads.natGateways,
    reads.transitGateways,
    reads.securityGroups,
    reads.prefixLists,
  ];
  const never = needed.filter(
    ({ name, action }) =>
      !mayBeEmpty.includes(action) && !(name === 'egress_path' && otherWays.includes(action)),
  );

  it.each(never)('$name does not pass on an empty answer to $action', async ({ check, action }) => {
    const empty = network();
    for (const method of methods[action]) Object.assign(empty, { [method]: async () => emptyAnswer(method) });
    const results = await verify(check, empty, requirements);
    const passes = results.filter(({ status }) => status === 'passed');
    expect(passes).toEqual([]);
  });

  it.each(needed)(
    '$name is not determined, and says why, when $action is throttled for ever',
    async ({ check, action }) => {
      const throttled = network();
      for (const method of methods[action])
        throttled.fail(method, awsError(action, 'RequestLimitExceeded'), 9);
      expect(await verify(check, throttled, requirements)).toMatchObject([
        { status: 'warning', details: { reason_code: 'throttled', error_code: 'RequestLimitExceeded' } },
      ]);
    },
  );
});
