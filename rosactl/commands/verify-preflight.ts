import type { PreflightCheckerRequest } from '../../schemas/generated/preflight-checker-request.js';
import type { PreflightCheckerResult } from '../../schemas/generated/preflight-checker-result.js';
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

/** Flags beside the required ones, by the field of the request that each sets. */
const numbers = {
  max_node_count: 'maxNodeCount',
  private_subnet_count: 'privateSubnetCount',
  root_volume_gib: 'rootVolumeGib',
  host_prefix: 'hostPrefix',
} as const;
const lists = {
  availability_zones: 'availabilityZones',
  additional_security_group_ids: 'additionalSecurityGroupIds',
  kms_key_arns: 'kmsKeyArns',
} as const;
const texts = {
  capacity_reservation_id: 'capacityReservationId',
  ami_id: 'amiId',
  machine_cidr: 'machineCidr',
  service_cidr: 'serviceCidr',
  pod_cidr: 'podCidr',
  vpc_id: 'vpcId',
  oidc_issuer_url: 'oidcIssuerUrl',
} as const;

/** The fields of a table whose flags are given, each read in its way. */
const fieldsIn = <Value>(
  table: Record<string, string>,
  options: OptionValues,
  read: (value: string | true | undefined) => Value | undefined,
): Record<string, Value> =>
  Object.fromEntries(
    Object.entries(table).flatMap(([field, flag]) => {
      const value = read(options[flag]);
      return value === undefined ? [] : [[field, value]];
    }),
  );

const required = { instanceTypes: '--instance-types', nodeCount: '--node-count' };

function requestFrom(options: OptionValues, region: string): PreflightCheckerRequest {
  requireFlags(options, required);
  return {
    region,
    cluster_config: {
      instance_types: listOf(options.instanceTypes) ?? [],
      node_count: numberOf(options.nodeCount) ?? 0,
      ...fieldsIn(numbers, options, numberOf),
      ...fieldsIn(lists, options, listOf),
      ...fieldsIn(texts, options, textOf),
      ...(options.spot === true && { spot: true }),
    },
  };
}

export const verifyPreflight: Command = {
  name: 'verify preflight',
  summary: 'check whether the account has what a cluster needs',
  description:
    'Asks rosa-preflight-checker about region, zones, instance types, quotas and IAM for a cluster of these parameters, as the regional platform does. Changes nothing. Exits 1 when a check failed.',
  options: [
    {
      flags: '--instance-types <types>',
      description: 'EC2 types of the worker nodes, such as m5.xlarge,r5.large',
    },
    {
      flags: '--node-count <number>',
      description: 'worker nodes at creation, over all zones',
      problem: numberProblem,
    },
    {
      flags: '--max-node-count <number>',
      description: 'upper bound of autoscaling (default: the node count)',
      problem: numberProblem,
    },
    {
      flags: '--availability-zones <zones>',
      description: 'zones of the nodes, such as us-east-1a,us-east-1b (default: any zone)',
    },
    {
      flags: '--private-subnet-count <number>',
      description: 'private subnets, each of which gets a pool of nodes (default: one for each zone)',
      problem: numberProblem,
    },
    { flags: '--spot', description: 'the nodes are spot instances' },
    { flags: '--capacity-reservation-id <id>', description: 'the capacity reservation that the nodes use' },
    { flags: '--ami-id <id>', description: 'the machine image of the nodes' },
    {
      flags: '--root-volume-gib <number>',
      description: "size of each node's root volume (default: 300)",
      problem: numberProblem,
    },
    { flags: '--machine-cidr <range>', description: 'range of the nodes (default: 10.0.0.0/16)' },
    { flags: '--service-cidr <range>', description: 'range of services (default: 172.30.0.0/16)' },
    { flags: '--pod-cidr <range>', description: 'range of pods (default: 10.128.0.0/14)' },
    {
      flags: '--host-prefix <number>',
      description: "prefix length of each node's range of pods (default: 23)",
      problem: numberProblem,
    },
    { flags: '--vpc-id <id>', description: 'the VPC, for the quotas that are counted by VPC' },
    {
      flags: '--additional-security-group-ids <ids>',
      description: "security groups of the nodes beside the cluster's own",
    },
    { flags: '--oidc-issuer-url <url>', description: "the cluster's OIDC issuer" },
    { flags: '--kms-key-arns <arns>', description: 'KMS keys for etcd and volumes' },
    {
      flags: '--request-file <file>',
      description:
        'the whole request as JSON, with tags, load balancers and the ARNs of roles: schemas/preflight-checker-request.schema.json',
      conflicts: [
        'instanceTypes',
        'nodeCount',
        'spot',
        ...[numbers, lists, texts].flatMap((table) => Object.values(table)),
      ],
    },
    ...verifyOptions,
  ],
  examples: [
    'rosactl verify preflight --instance-types m5.xlarge --node-count 3 --max-node-count 6',
    'rosactl verify preflight --request-file cluster.json --strict --report preflight.html',
  ],
  run: async (context, options) => {
    const { requestFile } = options;
    return verify<PreflightCheckerResult>(context, options, {
      title: 'Preflight check',
      component: 'preflight-checker',
      request:
        typeof requestFile === 'string' ? await requestIn(requestFile) : requestFrom(options, context.region),
      findingsIn: (result) => result.validation_results,
    });
  },
};
