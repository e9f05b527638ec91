import type { NetworkVerifierRequest } from '../../schemas/generated/network-verifier-request.js';
import type { NetworkVerifierResult } from '../../schemas/generated/network-verifier-result.js';
import type { Command, OptionValues } from '../command.ts';
import {
  listOf,
  numberOf,
  numberProblem,
  requestIn,
  requireFlags,
  textOf,
  verify,
  verifyOptions,
} from '../verify.ts';

const required = { vpcId: '--vpc-id', subnetIds: '--subnet-ids' };

/** true when the flag is given; undefined, which the request leaves out, when it is not. */
const flag = (value: string | true | undefined): true | undefined => value === true || undefined;

function requestFrom(options: OptionValues): NetworkVerifierRequest {
  requireFlags(options, required);
  return {
    vpc_id: textOf(options.vpcId) ?? '',
    subnet_ids: listOf(options.subnetIds) ?? [],
    requirements: {
      private_subnets_required: options.privateSubnetsOptional ? false : undefined,
      public_subnets_required: flag(options.publicSubnetsRequired),
      public_subnet_ids: listOf(options.publicSubnetIds),
      zero_egress: flag(options.zeroEgress),
      proxy: flag(options.proxy),
      private: options.public ? false : flag(options.private),
      multi_az: flag(options.multiAz),
      openshift_version: textOf(options.openshiftVersion),
      node_count: numberOf(options.nodeCount),
      max_node_count: numberOf(options.maxNodeCount),
      host_prefix: numberOf(options.hostPrefix),
      additional_security_group_ids: listOf(options.additionalSecurityGroupIds),
      endpoint_service_zone_ids: listOf(options.endpointServiceZoneIds),
      machine_cidr: textOf(options.machineCidr),
      service_cidr: textOf(options.serviceCidr),
      pod_cidr: textOf(options.podCidr),
    },
    active_probe: flag(options.activeProbe),
  };
}

export const verifyNetwork: Command = {
  name: 'verify network',
  summary: 'check whether a VPC has the shape a cluster needs',
  description:
    'Asks rosa-network-verifier about the VPC, its subnets, routes, gateways and address ranges, as the regional platform does. Proves the shape; that the endpoints answer, only with --active-probe. Changes nothing. Exits 1 when a check failed.',
  options: [
    { flags: '--vpc-id <id>', description: "the cluster's VPC" },
    { flags: '--subnet-ids <ids>', description: "the cluster's subnets, separated by commas" },
    { flags: '--private-subnets-optional', description: 'the cluster needs no private subnet' },
    { flags: '--public-subnets-required', description: 'the cluster needs a public subnet' },
    { flags: '--zero-egress', description: 'the cluster works without a way to the internet' },
    { flags: '--public-subnet-ids <ids>', description: 'those of the subnets that are meant to be public' },
    { flags: '--private', description: 'API and ingress have private addresses only' },
    { flags: '--public', description: 'API or ingress have public addresses', conflicts: ['private'] },
    { flags: '--proxy', description: 'nodes reach the internet through an HTTP proxy' },
    { flags: '--multi-az', description: 'the nodes are spread over three zones' },
    { flags: '--openshift-version <version>', description: 'the version, on which a few rules depend' },
    {
      flags: '--node-count <number>',
      description: 'worker nodes at creation (default: 2)',
      problem: numberProblem,
    },
    {
      flags: '--max-node-count <number>',
      description: 'the upper bound of autoscaling (default: the node count)',
      problem: numberProblem,
    },
    { flags: '--machine-cidr <range>', description: "the nodes' range (default: the VPC's ranges)" },
    { flags: '--service-cidr <range>', description: "the services' range (default: 172.30.0.0/16)" },
    { flags: '--pod-cidr <range>', description: "the pods' range (default: 10.128.0.0/14)" },
    {
      flags: '--host-prefix <length>',
      description: "the prefix length of each node's share of the pods' range (default: 23)",
      problem: numberProblem,
    },
    {
      flags: '--additional-security-group-ids <ids>',
      description: "security groups the nodes get besides the cluster's own",
    },
    {
      flags: '--endpoint-service-zone-ids <ids>',
      description: "the zones, by id, that the platform's PrivateLink service is offered in",
    },
    {
      flags: '--active-probe',
      description:
        'also connect to every endpoint a cluster needs, from the subnets the function is attached to',
    },
    {
      flags: '--request-file <file>',
      description: 'the whole request as JSON: schemas/network-verifier-request.schema.json',
      conflicts: [
        ...['vpcId', 'subnetIds', 'machineCidr', 'serviceCidr', 'podCidr'],
        ...['privateSubnetsOptional', 'publicSubnetsRequired', 'zeroEgress', 'proxy', 'private', 'public'],
        ...['publicSubnetIds', 'multiAz', 'openshiftVersion', 'nodeCount', 'maxNodeCount', 'hostPrefix'],
        ...['additionalSecurityGroupIds', 'endpointServiceZoneIds', 'activeProbe'],
      ],
    },
    ...verifyOptions,
  ],
  examples: [
    'rosactl verify network --vpc-id vpc-0a1b2c3d --subnet-ids subnet-0a1b2c3d,subnet-0b1b2c3d',
    'rosactl verify network --request-file network.json --alias staging --report network.html',
  ],
  run: async (context, options) => {
    const { requestFile } = options;
    return verify<NetworkVerifierResult>(context, options, {
      title: 'Network verification',
      component: 'network-verifier',
      hasDrawing: true,
      request: typeof requestFile === 'string' ? await requestIn(requestFile) : requestFrom(options),
      findingsIn: (result) => result.network_validation_results,
    });
  },
};
