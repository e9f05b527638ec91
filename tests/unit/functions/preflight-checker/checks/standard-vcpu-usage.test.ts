import type { Instance } from '@aws-sdk/client-ec2';
import { describe, expect, it } from '@jest/globals';
import { quotaEc2StandardVcpu } from '../../../../../functions/preflight-checker/checks/quota-ec2-standard-vcpu.ts';
import { fakeAccount, instance, preflight } from '../../../../support/fakes/account.ts';
import { awsError } from '../../../../support/fakes/aws-errors.ts';

/** An account in which every running type has 2 vCPUs unless it is told otherwise. */
const running = (...instances: Instance[]) => {
  const names = [...new Set(instances.map(({ InstanceType }) => String(InstanceType)))];
  const instanceTypes = [
    { name: 'm5.xlarge', vcpus: 4 },
    ...names.filter((name) => name !== 'm5.xlarge').map((name) => ({ name, vcpus: 2 })),
  ];
  return fakeAccount({ instances, instanceTypes });
};

const used = async (...instances: Instance[]) => {
  const [result] = await preflight(quotaEc2StandardVcpu, running(...instances));
  return result?.details?.used;
};

describe('the use of the standard vCPU quota', () => {
  it('is 0 in an account without instances, known as such', async () => {
    expect(await used()).toBe(0);
  });

  it.each([
    'a1.large',
    'c7gn.large',
    'd3en.xlarge',
    'h1.2xlarge',
    'i4i.large',
    'im4gn.large',
    'is4gen.large',
    'm7i-flex.large',
    'm5.large',
    'r5b.large',
    't3.large',
    'z1d.large',
  ])('counts %s', async (type) => {
    expect(await used(instance(type))).toBe(2);
  });

  it.each([
    'dl1.24xlarge',
    'f1.2xlarge',
    'g4dn.xlarge',
    'hpc7g.4xlarge',
    'inf1.xlarge',
    'mac1.metal',
    'mac2-m2.metal',
    'p3.2xlarge',
    'trn1.2xlarge',
    'u-6tb1.56xlarge',
    'u7i-12tb.224xlarge',
    'vt1.3xlarge',
    'x1.16xlarge',
    'x2gd.large',
  ])('does not count %s', async (type) => {
    expect(await used(instance(type))).toBe(0);
  });

  it.each<[string, Instance]>([
    ['spot instances', { InstanceLifecycle: 'spot' }],
    ['capacity blocks', { InstanceLifecycle: 'capacity-block' }],
    ['instances on dedicated hosts', { Placement: { Tenancy: 'host' } }],
  ])('does not count %s', async (_, fields) => {
    expect(await used(instance('m5.xlarge'), instance('m5.xlarge', fields))).toBe(4);
  });

  it('counts dedicated instances that are on no dedicated host', async () => {
    expect(await used(instance('m5.xlarge', { Placement: { Tenancy: 'dedicated' } }))).toBe(4);
  });

  it('sums instances of the same and of different types', async () => {
    expect(await used(instance('m5.xlarge'), instance('m5.xlarge'), instance('t3.large'))).toBe(10);
  });

  it('takes configured vCPUs over the default of the type', async () => {
    const CpuOptions = { CoreCount: 1, ThreadsPerCore: 1 };
    expect(await used(instance('m5.xlarge', { CpuOptions }), instance('m5.xlarge'))).toBe(5);
  });

  it('multiplies cores by threads', async () => {
    expect(await used(instance('m5.xlarge', { CpuOptions: { CoreCount: 3, ThreadsPerCore: 2 } }))).toBe(6);
  });

  it('asks for the size of each type once, and of none that is configured', async () => {
    const CpuOptions = { CoreCount: 2, ThreadsPerCore: 2 };
    const account = running(instance('t3.large'), instance('t3.large'), instance('c5.large', { CpuOptions }));
    await preflight(quotaEc2StandardVcpu, account);
    const asked = account.calls.filter(({ name }) => name === 'instanceTypes').map(({ args }) => args[0]);
    expect(asked).toHaveLength(2);
    expect(asked).toContainEqual(['t3.large']);
    expect(asked).toContainEqual(['m5.xlarge']);
  });

  describe('given capacity reservations with free places', () => {
    const unused = [
      { reservationId: 'cr-0a1b2c3d', instanceType: 'm5.xlarge', places: 3 },
      { reservationId: 'cr-0a1b2c3e', instanceType: 'p9.mega', places: 5 },
    ];

    it('counts the places as if instances had them, those of this quota only', async () => {
      const account = fakeAccount({ instances: [instance('m5.xlarge')], unused });
      expect(await preflight(quotaEc2StandardVcpu, account)).toMatchObject([{ details: { used: 16 } }]);
    });

    it('leaves out the reservation that the nodes are to use', async () => {
      const cluster = { capacity_reservation_id: 'cr-0a1b2c3d' };
      const results = await preflight(quotaEc2StandardVcpu, fakeAccount({ unused }), cluster);
      expect(results).toMatchObject([{ details: { used: 0, needed: 12 } }]);
    });

    it('is undetermined when the role may not list them', async () => {
      const account = fakeAccount();
      account.fail(
        'unusedReservations',
        awsError('ec2:DescribeCapacityReservations', 'UnauthorizedOperation'),
      );
      expect(await preflight(quotaEc2StandardVcpu, account)).toMatchObject([
        { status: 'warning', details: { missing_action: 'ec2:DescribeCapacityReservations' } },
      ]);
    });
  });

  describe('given an instance of a size EC2 does not tell', () => {
    it('warns, takes it for nothing less, and names it', async () => {
      const account = fakeAccount({ instances: [instance('m9.mega', { InstanceId: 'i-0a1b2c3d' })] });
      const [result] = await preflight(quotaEc2StandardVcpu, account);
      expect(result).toMatchObject({ status: 'warning', details: { reason_code: 'value_absent' } });
      expect(result?.message).toContain('i-0a1b2c3d (m9.mega)');
      expect(result?.details).not.toHaveProperty('used');
    });

    it('does not mind when it counts towards another quota', async () => {
      const [result] = await preflight(
        quotaEc2StandardVcpu,
        fakeAccount({ instances: [instance('p9.mega')] }),
      );
      expect(result).toMatchObject({ status: 'passed', details: { used: 0 } });
    });
  });

  it('is undetermined when the role may not list instances', async () => {
    const account = fakeAccount();
    account.fail('runningInstances', awsError('ec2:DescribeInstances', 'UnauthorizedOperation'));
    expect(await preflight(quotaEc2StandardVcpu, account)).toMatchObject([
      { status: 'warning', details: { missing_action: 'ec2:DescribeInstances' } },
    ]);
  });
});
