import { describe, expect, it } from '@jest/globals';
import {
  subnetCount,
  subnetDuplicateIds,
} from '../../../../../functions/network-verifier/checks/subnet-choice.ts';
import {
  subnetAzCoverage,
  subnetSinglePrivatePerAz,
} from '../../../../../functions/network-verifier/checks/subnet-zones.ts';
import {
  defaultRoute,
  mainTable,
  privateSubnetId,
  publicSubnetId,
  publicTable,
  subnet,
  toIgw,
  toNat,
  verifyIn,
} from '../../../../support/fakes/network.ts';

const statuses = (results: { status: string }[]) => results.map(({ status }) => status);

describe('subnet_duplicate_ids', () => {
  it('passes subnets named once', async () => {
    expect(statuses(await verifyIn(subnetDuplicateIds, {}))).toEqual(['passed']);
  });

  it('warns about each that is named again', async () => {
    const ids = [privateSubnetId, publicSubnetId, privateSubnetId];
    expect(await verifyIn(subnetDuplicateIds, {}, {}, ids)).toMatchObject([
      { status: 'warning', resourceId: privateSubnetId, details: { count: 2 } },
    ]);
  });
});

describe('subnet_count', () => {
  const [onlyPrivate, onlyPublic] = [[privateSubnetId], [publicSubnetId]];
  const both = [...onlyPrivate, ...onlyPublic];

  it.each<[string[], object, string[]]>([
    [[], {}, both],
    [['passed'], { private: true }, onlyPrivate],
    [['failed'], { private: true }, both],
    [['failed'], { private: true }, onlyPublic],
    [['passed'], { private: false }, both],
    [['failed'], { private: false }, onlyPrivate],
    [['failed'], { private: false }, onlyPublic],
    [['passed'], { public_subnets_required: true }, both],
  ])('is %j for %j and %j', async (expected, requirements, ids) => {
    expect(statuses(await verifyIn(subnetCount, {}, requirements, ids))).toEqual(expected);
  });

  it('only warns when a subnet could not be looked at', async () => {
    const network = { routeTables: [publicTable(defaultRoute(toIgw))] };
    expect(statuses(await verifyIn(subnetCount, network, { private: false }))).toEqual(['warning']);
  });
});

/** Private subnets in these zones, which the main table routes; a zone with a star has a public one, too. */
function zones(...names: string[]) {
  const privateOnes = names.map((name, index) =>
    subnet(`subnet-${index}`, { AvailabilityZone: name.replace('*', '') }),
  );
  const starred = names.find((name) => name.endsWith('*'))?.replace('*', '');
  const publicOnes = starred ? [subnet(publicSubnetId, { AvailabilityZone: starred })] : [];
  const subnets = [...privateOnes, ...publicOnes];
  return {
    network: { subnets, routeTables: [mainTable(defaultRoute(toNat)), publicTable(defaultRoute(toIgw))] },
    ids: subnets.flatMap(({ SubnetId }) => SubnetId ?? []),
  };
}

describe('subnet_single_private_per_az', () => {
  it('passes one per zone', async () => {
    const { network, ids } = zones('a', 'b');
    expect(statuses(await verifyIn(subnetSinglePrivatePerAz, network, {}, ids))).toEqual(['passed']);
  });

  it.each<[string, string | undefined]>([
    ['warning', undefined],
    ['warning', '4.22'],
    ['failed', '4.19.40'],
    ['failed', '4.19'],
    ['failed', '4.20.30'],
    ['passed', '4.20.31'],
    ['failed', '4.21.24'],
    ['passed', '4.21.25'],
    ['failed', '4.22.3'],
    ['passed', '4.22.4'],
    ['passed', '4.23'],
    ['passed', '5.0.0'],
  ])('is %s for two in one zone and OpenShift %s', async (status, openshift_version) => {
    const { network, ids } = zones('a', 'a', 'b');
    const results = await verifyIn(subnetSinglePrivatePerAz, network, { openshift_version }, ids);
    expect(results).toMatchObject([{ status, details: { subnet_ids: ['subnet-0', 'subnet-1'] } }]);
  });
});

describe('subnet_az_coverage', () => {
  it.each<[string[], string[], object]>([
    [['passed'], ['a'], {}],
    [['passed'], ['a', 'b', 'c'], {}],
    [['warning'], ['a', 'b'], {}],
    [['failed'], ['a'], { multi_az: true }],
    [['warning'], ['a', 'b'], { multi_az: true }],
    [['passed'], ['a', 'b', 'c'], { multi_az: true }],
    [['passed'], ['a*'], { private: false }],
    [['passed', 'warning', 'warning'], ['a*', 'b', 'c'], { private: false }],
  ])('is %j for the zones %j and %j', async (expected, names, requirements) => {
    const { network, ids } = zones(...names);
    expect(statuses(await verifyIn(subnetAzCoverage, network, requirements, ids))).toEqual(expected);
  });
});
