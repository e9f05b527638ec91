import { describe, expect, it } from '@jest/globals';
import {
  sgAdditionalExists,
  sgDefaultPermissive,
} from '../../../../../functions/network-verifier/checks/security-groups.ts';
import { defaultGroup, group, otherVpcId, verifyIn } from '../../../../support/fakes/network.ts';

const ids = (count: number) => Array.from({ length: count }, (_, index) => `sg-${index}`);

describe('sg_additional_exists', () => {
  const asked = { additional_security_group_ids: ['sg-0'] };

  it.each([
    ['passed', [group('sg-0')]],
    ['failed', []],
    ['failed', [group('sg-0', { VpcId: otherVpcId })]],
    ['failed', [group('sg-0', { GroupName: 'default' })]],
    ['failed', [group('sg-0', { Tags: [{ Key: 'red-hat-managed', Value: 'true' }] })]],
  ])('is %s in case %#', async (status, securityGroups) => {
    expect(await verifyIn(sgAdditionalExists, { securityGroups }, asked)).toMatchObject([
      { status, resourceId: 'sg-0' },
    ]);
  });

  it.each([
    [10, 'passed'],
    [11, 'failed'],
  ])('given %d groups that exist, the first finding is %s', async (count, status) => {
    const securityGroups = ids(count).map((id) => group(id));
    const [first] = await verifyIn(
      sgAdditionalExists,
      { securityGroups },
      { additional_security_group_ids: ids(count) },
    );
    expect(first?.status).toBe(status);
  });

  it('says nothing when the request names none', async () => {
    expect(await verifyIn(sgAdditionalExists, {})).toEqual([]);
    expect(await verifyIn(sgAdditionalExists, {}, { additional_security_group_ids: [] })).toEqual([]);
  });
});

describe('sg_default_permissive', () => {
  const open = { IpPermissions: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }] };
  const narrow = { IpPermissions: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '10.0.0.0/8' }] }] };

  it.each([
    ['passed', [defaultGroup()]],
    ['passed', [defaultGroup(narrow)]],
    ['warning', [defaultGroup(open)]],
    ['warning', [group('sg-0')]],
  ])('is %s in case %#', async (status, securityGroups) => {
    expect(await verifyIn(sgDefaultPermissive, { securityGroups })).toMatchObject([{ status }]);
  });
});
