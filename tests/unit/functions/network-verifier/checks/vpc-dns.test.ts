import { describe, expect, it } from '@jest/globals';
import { vpcDnsHostnames, vpcDnsSupport } from '../../../../../functions/network-verifier/checks/vpc-dns.ts';
import { awsError } from '../../../../support/fakes/aws-errors.ts';
import { fakeNetwork, verify, vpcId } from '../../../../support/fakes/network.ts';

describe.each([
  ['vpc_dns_support', vpcDnsSupport, 'enableDnsSupport', '--enable-dns-support'],
  ['vpc_dns_hostnames', vpcDnsHostnames, 'enableDnsHostnames', '--enable-dns-hostnames'],
] as const)('%s', (name, check, attribute, option) => {
  const both = { enableDnsSupport: true, enableDnsHostnames: true };

  it('passes when its attribute is on, whatever the other one is', async () => {
    const off = { enableDnsSupport: false, enableDnsHostnames: false };
    const [result] = await verify(check, fakeNetwork({ dns: { ...off, [attribute]: true } }));
    expect(result).toMatchObject({ check: name, status: 'passed', details: { [attribute]: true } });
  });

  it('fails when its attribute is off and gives the command that turns it on', async () => {
    const [result] = await verify(check, fakeNetwork({ dns: { ...both, [attribute]: false } }));
    expect(result).toMatchObject({ check: name, status: 'failed', details: { [attribute]: false } });
    expect(result?.message).toContain(`aws ec2 modify-vpc-attribute --vpc-id ${vpcId} ${option}`);
  });

  it('warns, and does not fail, when AWS gives no value', async () => {
    const [result] = await verify(check, fakeNetwork({ dns: { ...both, [attribute]: undefined } }));
    expect(result).toMatchObject({ status: 'warning', details: { reason_code: 'value_absent' } });
    expect(result?.message).toContain(attribute);
  });

  it('warns when there is no VPC', async () => {
    const network = fakeNetwork({ vpc: undefined });
    const [result] = await verify(check, network);
    expect(result).toMatchObject({ status: 'warning', details: { reason_code: 'depends_on_other_check' } });
  });

  it('warns, naming the action, when the role may not read the attribute', async () => {
    const network = fakeNetwork();
    network.fail('vpcDnsAttribute', awsError('ec2:DescribeVpcAttribute', 'UnauthorizedOperation'));
    const [result] = await verify(check, network);
    expect(result).toMatchObject({
      status: 'warning',
      details: { reason_code: 'access_denied', missing_action: 'ec2:DescribeVpcAttribute' },
    });
  });
});
