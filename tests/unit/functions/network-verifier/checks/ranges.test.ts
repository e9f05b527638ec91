import { describe, expect, it } from '@jest/globals';
import { cidrFormat } from '../../../../../functions/network-verifier/checks/cidr-format.ts';
import {
  cidrReservedKas,
  cidrReservedOvn,
} from '../../../../../functions/network-verifier/checks/cidr-reserved.ts';
import {
  machineCidrSize,
  machineCidrVsVpc,
  subnetInMachineCidr,
} from '../../../../../functions/network-verifier/checks/machine-cidr.ts';
import {
  hostPrefix,
  podCidrSize,
  serviceCidrSize,
} from '../../../../../functions/network-verifier/checks/pod-capacity.ts';
import type { NetworkCheck } from '../../../../../functions/network-verifier/network-facts.ts';
import type { NetworkRequirements } from '../../../../../schemas/generated/network-verifier-request.js';
import { privateSubnet, privateSubnetId, verifyIn, vpc } from '../../../../support/fakes/network.ts';

const vpcOf = (...cidrs: string[]) => ({
  vpc: vpc({
    CidrBlockAssociationSet: cidrs.map((CidrBlock) => ({
      CidrBlock,
      CidrBlockState: { State: 'associated' },
    })),
  }),
});

describe('by the request alone', () => {
  it.each<[string, NetworkCheck, string[], NetworkRequirements]>([
    ['machine_cidr_size', machineCidrSize, [], {}],
    ['machine_cidr_size', machineCidrSize, ['passed'], { machine_cidr: '10.0.0.0/16' }],
    ['machine_cidr_size', machineCidrSize, ['passed'], { machine_cidr: '10.0.0.0/25' }],
    ['machine_cidr_size', machineCidrSize, ['failed'], { machine_cidr: '10.0.0.0/26' }],
    ['machine_cidr_size', machineCidrSize, ['failed'], { machine_cidr: '10.0.0.0/15' }],
    ['machine_cidr_size', machineCidrSize, ['failed'], { machine_cidr: '10.0.0.0/25', multi_az: true }],
    ['host_prefix', hostPrefix, ['passed'], {}],
    ['host_prefix', hostPrefix, ['passed'], { host_prefix: 0 }],
    ['host_prefix', hostPrefix, ['passed'], { host_prefix: 26 }],
    ['host_prefix', hostPrefix, ['failed'], { host_prefix: 22 }],
    ['host_prefix', hostPrefix, ['failed'], { host_prefix: 27 }],
    ['service_cidr_size', serviceCidrSize, ['passed'], {}],
    ['service_cidr_size', serviceCidrSize, ['passed'], { service_cidr: '172.30.0.0/24' }],
    ['service_cidr_size', serviceCidrSize, ['failed'], { service_cidr: '172.30.0.0/25' }],
    ['pod_cidr_size', podCidrSize, ['passed'], { node_count: 500 }],
    ['pod_cidr_size', podCidrSize, ['passed'], { pod_cidr: '10.128.0.0/20', node_count: 8 }],
    ['pod_cidr_size', podCidrSize, ['failed'], { pod_cidr: '10.128.0.0/20', node_count: 9 }],
    ['pod_cidr_size', podCidrSize, ['failed'], { pod_cidr: '10.128.0.0/20', max_node_count: 9 }],
    [
      'pod_cidr_size',
      podCidrSize,
      ['passed'],
      { pod_cidr: '10.128.0.0/20', node_count: 16, host_prefix: 24 },
    ],
    ['pod_cidr_size', podCidrSize, ['failed'], { pod_cidr: '10.128.0.0/28' }],
    ['cidr_format', cidrFormat, ['passed'], {}],
    ['cidr_format', cidrFormat, ['passed'], { machine_cidr: '100.66.0.0/16' }],
    ['cidr_format', cidrFormat, ['warning'], { machine_cidr: '10.0.1.0/16' }],
    ['cidr_format', cidrFormat, ['warning'], { pod_cidr: '11.0.0.0/16' }],
    ['cidr_format', cidrFormat, ['warning', 'warning'], { pod_cidr: '11.0.1.0/16' }],
    ['cidr_reserved_kas', cidrReservedKas, ['passed'], {}],
    ['cidr_reserved_kas', cidrReservedKas, ['failed'], { service_cidr: '172.20.0.0/16' }],
    [
      'cidr_reserved_kas',
      cidrReservedKas,
      ['failed', 'failed'],
      { service_cidr: '172.16.0.0/12', pod_cidr: '172.20.0.0/24' },
    ],
  ])('%s in case %# is %j', async (name, check, expected, requirements) => {
    const results = await verifyIn(check, {}, requirements);
    expect(results.map(({ status }) => status)).toEqual(expected);
    for (const result of results) expect(result.check).toBe(name);
  });
});

describe('subnet_in_machine_cidr', () => {
  it.each([
    ['passed', '10.0.0.0/24', '10.0.0.0/16'],
    ['passed', '10.0.0.0/24', '10.0.0.0/24'],
    // Its first address is inside, its last is not.
    ['failed', '10.0.0.0/23', '10.0.0.0/24'],
    ['failed', '10.1.0.0/24', '10.0.0.0/16'],
  ])('is %s for %s in %s', async (status, CidrBlock, machine_cidr) => {
    const network = { subnets: [privateSubnet({ CidrBlock })] };
    expect(await verifyIn(subnetInMachineCidr, network, { machine_cidr })).toMatchObject([
      { status, resourceId: privateSubnetId },
    ]);
  });

  it('says nothing without a machine CIDR', async () => {
    expect(await verifyIn(subnetInMachineCidr, {})).toEqual([]);
  });

  it('is not determined for a subnet without a range', async () => {
    const network = { subnets: [privateSubnet({ CidrBlock: undefined })] };
    expect(await verifyIn(subnetInMachineCidr, network, { machine_cidr: '10.0.0.0/16' })).toMatchObject([
      { status: 'warning', details: { reason_code: 'value_absent' } },
    ]);
  });
});

describe('machine_cidr_vs_vpc', () => {
  it.each([
    ['passed', '10.0.0.0/16', ['10.0.0.0/16']],
    ['passed', '10.1.4.0/24', ['10.0.0.0/16', '10.1.0.0/16']],
    ['warning', '10.0.0.0/15', ['10.0.0.0/16', '10.1.0.0/16']],
    ['warning', '10.2.0.0/16', ['10.0.0.0/16']],
  ])('is %s for %s and %j', async (status, machine_cidr, ranges) => {
    expect(await verifyIn(machineCidrVsVpc, vpcOf(...ranges), { machine_cidr })).toMatchObject([{ status }]);
  });

  it('says nothing without a machine CIDR', async () => {
    expect(await verifyIn(machineCidrVsVpc, {})).toEqual([]);
  });
});

describe('cidr_reserved_ovn', () => {
  it.each<[string[], string, NetworkRequirements]>([
    [['passed'], '10.0.0.0/16', {}],
    [['failed'], '100.64.0.0/20', {}],
    [['failed'], '10.0.0.0/16', { service_cidr: '100.88.0.0/16' }],
    [['warning'], '100.65.8.0/24', {}],
    [['failed', 'failed', 'warning'], '10.0.0.0/16', { machine_cidr: '100.64.0.0/10' }],
    [['failed'], '169.254.169.0/24', {}],
  ])('is %j for a VPC of %s and %j', async (expected, range, requirements) => {
    const results = await verifyIn(cidrReservedOvn, vpcOf(range), requirements);
    expect(results.map(({ status }) => status)).toEqual(expected);
  });
});
