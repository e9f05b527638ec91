import { DescribeSecurityGroupsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { requiredEndpoints } from '../../../functions/network-verifier/egress/endpoint-groups.ts';
import type { NetworkValidationResult } from '../../../schemas/generated/network-verifier-result.js';
import { validate as isNetworkResult } from '../../../schemas/generated/network-verifier-result.js';
import {
  administrator,
  type CustomerAccount,
  prepareCustomerAccount,
} from '../../../tools/journey/customer-account.ts';
import { deployTimeoutMs, Laptop } from '../../support/laptop.ts';

let laptop: Laptop;
let account: CustomerAccount;

beforeAll(async () => {
  laptop = await Laptop.start();
  account = await prepareCustomerAccount(laptop.aws);
  const ec2 = new EC2Client(administrator(laptop.aws));
  const ofVpc = { Filters: [{ Name: 'vpc-id', Values: [account.vpcId] }] };
  const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand(ofVpc));
  await laptop.deploy('prod', {
    networkVerifierSubnetIds: account.privateSubnetIds[0] ?? '',
    networkVerifierSecurityGroupIds: SecurityGroups?.[0]?.GroupId ?? '',
  });
}, deployTimeoutMs);
afterAll(() => laptop?.stop());

/**
 * The findings of a probe for a cluster without egress: its few hosts must have private addresses, so that even a
 * machine with a way to the internet asks for little more than their names.
 */
async function probe(): Promise<NetworkValidationResult[]> {
  const { answer, functionError } = await laptop.invoke('rosa-network-verifier', {
    vpc_id: account.vpcId,
    subnet_ids: account.privateSubnetIds,
    requirements: { zero_egress: true },
    active_probe: true,
  });
  expect(functionError).toBeUndefined();
  expect(isNetworkResult(answer)).toBe(true);
  const results: NetworkValidationResult[] = answer.network_validation_results;
  return results.filter(({ check_name }) => check_name === 'egress_probe');
}

describe('the network verifier, attached to one of the private subnets', () => {
  it('reports every host in time, whatever the network of the machine is like', async () => {
    const hosts = requiredEndpoints('us-east-1', true).groups.flatMap(({ endpoints }) => endpoints);
    const found = (await probe()).filter(({ details }) => details.host);
    expect(found.map(({ details }) => details.host)).toEqual(hosts.map(({ host }) => host));
    for (const { resource_id, message, details } of found) {
      expect(resource_id).toBe(account.privateSubnetIds[0]);
      expect(message).toContain(String(details.host));
      expect(details).toMatchObject({
        platform: 'aws-hcp-zero-egress',
        attached_subnet_ids: [account.privateSubnetIds[0]],
        stage: expect.stringMatching(/^(dns|tcp|tls)$/),
        dns_ms: expect.any(Number),
      });
    }
  });

  it('says that it does not speak for the others', async () => {
    const [limit] = (await probe()).filter(({ details }) => !details.host);
    expect(limit).toMatchObject({
      status: 'warning',
      details: { reason_code: 'not_verifiable', subnet_ids: account.privateSubnetIds.slice(1) },
    });
  });
});
