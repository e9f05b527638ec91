import type { Tag } from '@aws-sdk/client-ec2';
import { describe, expect, it } from '@jest/globals';
import {
  subnetTagElb,
  subnetTagInternalElb,
} from '../../../../../functions/network-verifier/checks/subnet-role-tags.ts';
import {
  privateSubnet,
  privateSubnetId,
  publicSubnet,
  publicSubnetId,
  roleTag,
  verifyIn,
} from '../../../../support/fakes/network.ts';

const second = 'subnet-0000000000000000c';
const tagged = (ofPrivate: Tag[], ofPublic: Tag[], ofSecond: Tag[] = [roleTag('internal-elb')]) => ({
  subnets: [
    privateSubnet({ Tags: ofPrivate }),
    publicSubnet({ Tags: ofPublic }),
    privateSubnet({ SubnetId: second, Tags: ofSecond }),
  ],
});
const ids = [privateSubnetId, publicSubnetId, second];
const found = (results: { status: string; resourceId?: string }[]) =>
  results.map(({ status, resourceId }) => [status, resourceId]);

describe('subnet_tag_internal_elb', () => {
  it.each([[roleTag('internal-elb', '1')], [roleTag('internal-elb', '')]])('passes %j', async (tag) => {
    expect(found(await verifyIn(subnetTagInternalElb, tagged([tag], []), {}, ids))).toEqual([
      ['passed', undefined],
    ]);
  });

  it('fails when no private subnet has it and gives the command', async () => {
    const results = await verifyIn(subnetTagInternalElb, tagged([], [], []), {}, ids);
    expect(results).toMatchObject([{ status: 'failed' }]);
    expect(results[0]?.message).toContain(
      `aws ec2 create-tags --resources ${privateSubnetId} ${second} --tags Key=kubernetes.io/role/internal-elb,Value=1`,
    );
  });

  it.each([[[]], [[roleTag('internal-elb', 'yes')]]])('warns about one subnet with %j', async (tags) => {
    const results = await verifyIn(subnetTagInternalElb, tagged(tags, []), {}, ids);
    expect(found(results)).toEqual([['warning', privateSubnetId]]);
  });

  it('warns about a public subnet with it', async () => {
    const results = await verifyIn(
      subnetTagInternalElb,
      tagged([roleTag('internal-elb')], [roleTag('internal-elb')]),
      {},
      ids,
    );
    expect(found(results)).toEqual([['warning', publicSubnetId]]);
  });
});

describe('subnet_tag_elb', () => {
  it.each([
    ['passed', [roleTag('elb')], { private: false }],
    ['failed', [], { private: false }],
    ['warning', [], {}],
    ['warning', [roleTag('elb', 'no')], {}],
  ])('is %s for a public subnet with %j and %j', async (status, tags, requirements) => {
    const results = await verifyIn(subnetTagElb, tagged([], tags), requirements, ids);
    expect(results).toMatchObject([{ status }]);
  });

  it('warns about a private subnet with it', async () => {
    const results = await verifyIn(subnetTagElb, tagged([roleTag('elb')], [roleTag('elb')]), {}, ids);
    expect(found(results)).toEqual([['warning', privateSubnetId]]);
  });

  it('passes a cluster without public subnets', async () => {
    expect(found(await verifyIn(subnetTagElb, tagged([], []), {}, [privateSubnetId]))).toEqual([
      ['passed', undefined],
    ]);
  });
});
