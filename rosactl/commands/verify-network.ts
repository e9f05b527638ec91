import type { NetworkVerifierRequest } from '../../schemas/generated/network-verifier-request.js';
import type { NetworkVerifierResult } from '../../schemas/generated/network-verifier-result.js';
import type { Command, OptionValues } from '../command.ts';
import { listOf, requestIn, requireFlags, verify, verifyOptions } from '../verify.ts';

const required = { vpcId: '--vpc-id', subnetIds: '--subnet-ids' };

const text = (value: string | true | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;

function requestFrom(options: OptionValues): NetworkVerifierRequest {
  requireFlags(options, required);
  return {
    vpc_id: text(options.vpcId) ?? '',
    subnet_ids: listOf(options.subnetIds) ?? [],
    requirements: {
      private_subnets_required: options.privateSubnetsOptional ? false : undefined,
      public_subnets_required: options.publicSubnetsRequired === true || undefined,
      zero_egress: options.zeroEgress === true || undefined,
      machine_cidr: text(options.machineCidr),
      service_cidr: text(options.serviceCidr),
      pod_cidr: text(options.podCidr),
    },
  };
}

export const verifyNetwork: Command = {
  name: 'verify network',
  summary: 'check whether a VPC has the shape a cluster needs',
  description:
    'Asks rosa-network-verifier about the VPC, its subnets, routes, gateways and address ranges, as the regional platform does. Proves the shape, not that an endpoint answers. Changes nothing. Exits 1 when a check failed.',
  options: [
    { flags: '--vpc-id <id>', description: "the cluster's VPC" },
    { flags: '--subnet-ids <ids>', description: "the cluster's subnets, separated by commas" },
    { flags: '--private-subnets-optional', description: 'the cluster needs no private subnet' },
    { flags: '--public-subnets-required', description: 'the cluster needs a public subnet' },
    { flags: '--zero-egress', description: 'the cluster works without a way to the internet' },
    { flags: '--machine-cidr <range>', description: "the nodes' range (default: the VPC's ranges)" },
    { flags: '--service-cidr <range>', description: "the services' range (default: 172.30.0.0/16)" },
    { flags: '--pod-cidr <range>', description: "the pods' range (default: 10.128.0.0/14)" },
    {
      flags: '--request-file <file>',
      description: 'the whole request as JSON: schemas/network-verifier-request.schema.json',
      conflicts: [
        ...['vpcId', 'subnetIds', 'machineCidr', 'serviceCidr', 'podCidr'],
        ...['privateSubnetsOptional', 'publicSubnetsRequired', 'zeroEgress'],
      ],
    },
    ...verifyOptions,
  ],
  examples: [
    'rosactl verify network --vpc-id vpc-0a1b2c3d --subnet-ids subnet-0a1b2c3d,subnet-0b1b2c3d',
    'rosactl verify network --request-file network.json --alias staging',
  ],
  run: async (context, options) => {
    const { requestFile } = options;
    return verify<NetworkVerifierResult>(context, options, {
      component: 'network-verifier',
      request: typeof requestFile === 'string' ? await requestIn(requestFile) : requestFrom(options),
      findingsIn: (result) => result.network_validation_results,
    });
  },
};
