import { describe, expect, it } from '@jest/globals';
import { vpcBlockPublicAccess } from '../../../../../functions/network-verifier/checks/vpc-block-public-access.ts';
import {
  vpcOwnerShared,
  vpcTenancy,
} from '../../../../../functions/network-verifier/checks/vpc-ownership.ts';
import { vpcRedHatManaged, vpcReuse } from '../../../../../functions/network-verifier/checks/vpc-tags.ts';
import {
  accountId,
  privateSubnet,
  privateSubnetId,
  publicSubnet,
  verifyIn,
  vpc,
  vpcId,
} from '../../../../support/fakes/network.ts';

const undetermined = { status: 'warning', details: { reason_code: 'value_absent' } };

describe('vpc_tenancy', () => {
  it.each([
    ['passed', 'default'],
    ['warning', 'dedicated'],
  ] as const)('is %s for %s', async (status, InstanceTenancy) => {
    const results = await verifyIn(vpcTenancy, { vpc: vpc({ InstanceTenancy }) });
    expect(results).toMatchObject([{ status, details: { instance_tenancy: InstanceTenancy } }]);
  });

  it('is not determined when AWS tells none', async () => {
    expect(await verifyIn(vpcTenancy, { vpc: vpc({ InstanceTenancy: undefined }) })).toMatchObject([
      undetermined,
    ]);
  });
});

describe('vpc_owner_shared', () => {
  it.each([
    ['passed', accountId],
    ['warning', '210987654321'],
  ])('is %s for a VPC of %s', async (status, OwnerId) => {
    expect(await verifyIn(vpcOwnerShared, { vpc: vpc({ OwnerId }) })).toMatchObject([
      { status, details: { owner_id: OwnerId } },
    ]);
  });

  it('is not determined when AWS tells no owner', async () => {
    expect(await verifyIn(vpcOwnerShared, { vpc: vpc({ OwnerId: undefined }) })).toMatchObject([
      undetermined,
    ]);
  });
});

describe('vpc_block_public_access', () => {
  const blocked = (mode: 'off' | 'block-ingress' | 'block-bidirectional', ofSubnet = mode) => ({
    vpc: vpc({ BlockPublicAccessStates: { InternetGatewayBlockMode: mode } }),
    subnets: [privateSubnet({ BlockPublicAccessStates: { InternetGatewayBlockMode: ofSubnet } })],
  });

  it.each([
    ['passed', 'off', {}],
    ['failed', 'block-bidirectional', {}],
    ['warning', 'block-bidirectional', { zero_egress: true }],
    ['failed', 'block-ingress', { private: false }],
    ['warning', 'block-ingress', { private: true }],
  ] as const)('is %s for %s and %j', async (status, mode, requirements) => {
    const results = await verifyIn(vpcBlockPublicAccess, blocked(mode), requirements);
    expect(results.map((result) => result.status)).toEqual(mode === 'off' ? [status] : [status, status]);
  });

  it('gives the command that excludes the subnet', async () => {
    const results = await verifyIn(vpcBlockPublicAccess, blocked('block-bidirectional'));
    expect(results[1]?.message).toContain(`--subnet-id ${privateSubnetId} --internet-gateway-exclusion-mode`);
  });

  it('passes subnets that are excluded while the VPC is not', async () => {
    const results = await verifyIn(vpcBlockPublicAccess, blocked('block-bidirectional', 'off'));
    expect(results).toMatchObject([{ status: 'passed' }]);
  });

  it('is not determined when AWS tells no state', async () => {
    const silent = { subnets: [privateSubnet({ BlockPublicAccessStates: undefined })] };
    expect(await verifyIn(vpcBlockPublicAccess, silent)).toMatchObject([undetermined]);
  });
});

describe('vpc_red_hat_managed', () => {
  const Tags = [{ Key: 'red-hat-managed', Value: 'true' }];

  it('passes a network of the customer', async () => {
    const Others = [{ Key: 'red-hat-managed', Value: 'false' }];
    expect(await verifyIn(vpcRedHatManaged, { vpc: vpc({ Tags: Others }) })).toMatchObject([
      { status: 'passed' },
    ]);
  });

  it('warns about a tagged VPC and a tagged subnet', async () => {
    const network = { vpc: vpc({ Tags }), subnets: [privateSubnet({ Tags }), publicSubnet()] };
    const results = await verifyIn(vpcRedHatManaged, network);
    expect(results.map(({ status, resourceId }) => [status, resourceId])).toEqual([
      ['warning', vpcId],
      ['warning', privateSubnetId],
    ]);
  });
});

describe('vpc_reuse', () => {
  it('passes subnets of no cluster', async () => {
    expect(await verifyIn(vpcReuse, {})).toMatchObject([{ status: 'passed' }]);
  });

  it('warns about a subnet of another cluster and names it', async () => {
    const Tags = [{ Key: 'kubernetes.io/cluster/one', Value: 'shared' }];
    expect(await verifyIn(vpcReuse, { subnets: [privateSubnet({ Tags })] })).toMatchObject([
      { status: 'warning', resourceId: privateSubnetId, details: { clusters: ['one'] } },
    ]);
  });
});
