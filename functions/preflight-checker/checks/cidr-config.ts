import type { ClusterConfig } from '../../../schemas/generated/preflight-checker-request.js';
import { type Finding, failed, passed, warning } from '../../../shared/checks/check.ts';
import {
  type Cidr,
  containsAddress,
  overlaps,
  parseAddress,
  parseCidr,
} from '../../../shared/network/cidr.ts';
import type { PreflightCheck } from '../preflight-facts.ts';

/** A range of the request, or the installer's default. */
interface Range {
  name: string;
  text: string;
  cidr: Cidr;
}

/** https://github.com/openshift/rosa (default machine, service and pod CIDR) */
const defaults = { machine_cidr: '10.0.0.0/16', service_cidr: '172.30.0.0/16', pod_cidr: '10.128.0.0/14' };

/**
 * The longest prefixes the installer takes: of a machine range for one zone and for several, of a service range. Of
 * the last, only that a /25 is refused is known: https://github.com/openshift/rosa/blob/master/tests/e2e/test_rosacli_cluster.go
 */
const prefixes = { machineShortest: 16, machineOneZone: 25, machineZones: 24, serviceLongest: 24 };

/** https://docs.redhat.com/en/documentation/openshift_container_platform/4.17/html/ovn-kubernetes_network_plugin/ */
const keptByOvn = ['100.64.0.0/16', '100.88.0.0/16', '169.254.0.0/17'].map((text) => ({
  text,
  cidr: parseCidr(text),
}));

/** Where HyperShift lets the API server be reached within nodes: https://github.com/openshift/hypershift */
const apiServerAddress = '172.20.0.1';

const privateRanges = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'].map(parseCidr);

const hostPrefixes = { shortest: 23, longest: 26, byDefault: 23 };

const rangesOf = (cluster: ClusterConfig): Range[] =>
  (Object.keys(defaults) as (keyof typeof defaults)[]).map((name) => {
    const text = cluster[name] ?? defaults[name];
    return { name, text, cidr: parseCidr(text) };
  });

/** What is wrong with a range by itself. */
function ownProblems({ name, text, cidr }: Range): string[] {
  const says = `${name} ${text}`;
  const problems: string[] = [];
  if (parseAddress(text.split('/')[0] ?? '') !== cidr.base)
    problems.push(`${says} does not start at the first address of its range`);
  const kept = keptByOvn.find((one) => overlaps(one.cidr, cidr));
  if (kept) problems.push(`${says} overlaps ${kept.text}, which the cluster's network keeps for itself`);
  if (containsAddress(cidr, parseAddress(apiServerAddress)))
    problems.push(`${says} has ${apiServerAddress} in it, at which nodes reach the API server`);
  return problems;
}

const overlapProblems = (ranges: Range[]): string[] =>
  ranges.flatMap((one, index) =>
    ranges
      .slice(index + 1)
      .filter((other) => overlaps(one.cidr, other.cidr))
      .map((other) => `${one.name} ${one.text} and ${other.name} ${other.text} overlap`),
  );

function sizeProblems([machine, service]: Range[], zones: string[] | undefined): string[] {
  const longest = new Set(zones).size > 1 ? prefixes.machineZones : prefixes.machineOneZone;
  const problems: string[] = [];
  if (machine && (machine.cidr.prefix < prefixes.machineShortest || machine.cidr.prefix > longest))
    problems.push(
      `machine_cidr ${machine.text} must be between /${prefixes.machineShortest} and /${longest}`,
    );
  if (service && service.cidr.prefix > prefixes.serviceLongest)
    problems.push(`service_cidr ${service.text} must be /${prefixes.serviceLongest} or larger`);
  return problems;
}

/** Every node takes a range of pod addresses of its own. */
function podProblems(cluster: ClusterConfig, pod: Range | undefined): string[] {
  // 0 stands for the default.
  const prefix = cluster.host_prefix || hostPrefixes.byDefault;
  const { shortest, longest } = hostPrefixes;
  if (prefix < shortest || prefix > longest)
    return [`host_prefix ${prefix} must be between ${shortest} and ${longest}`];
  const room = pod ? 2 ** (prefix - pod.cidr.prefix) : 0;
  const nodes = Math.max(cluster.node_count, cluster.max_node_count ?? 0);
  if (room >= nodes) return [];
  return [
    `pod_cidr ${pod?.text} has room for ${Math.floor(room)} nodes with host_prefix ${prefix}, and there may be ${nodes}`,
  ];
}

const publicRanges = (ranges: Range[]): Finding[] =>
  ranges
    .filter(
      ({ cidr }) => !privateRanges.some((range) => range.prefix <= cidr.prefix && overlaps(range, cidr)),
    )
    .map(({ name, text }) =>
      warning(
        `${name} ${text} is a range of public addresses: hosts there cannot be reached from the cluster`,
        {
          details: { [name]: text },
        },
      ),
    );

/** The ranges of addresses fit each other and what the cluster keeps for itself; defaults stand in for those not given. */
export const cidrConfig: PreflightCheck = {
  name: 'cidr_config',
  what: 'the ranges of addresses of machines, services and pods fit each other and the number of nodes',
  actions: [],
  rule: 'Fails when ranges overlap each other or one the cluster keeps for itself, are not aligned, are of a size that the installer does not take, or when the pods of all nodes do not fit. Warns when a range has public addresses.',
  remedy: 'Choose other ranges',
  run: async ({ cluster }) => {
    const { machine_cidr, service_cidr, pod_cidr, host_prefix, availability_zones } = cluster;
    if (!(machine_cidr || service_cidr || pod_cidr || host_prefix)) return [];
    const ranges = rangesOf(cluster);
    const problems = [
      ...ranges.flatMap(ownProblems),
      ...overlapProblems(ranges),
      ...sizeProblems(ranges, availability_zones),
      ...podProblems(cluster, ranges[2]),
    ];
    const details = Object.fromEntries(ranges.map(({ name, text }) => [name, text]));
    const findings = [
      ...problems.map((problem) => failed(`${problem}. Choose another one`, { details })),
      ...publicRanges(ranges),
    ];
    if (findings.length > 0) return findings;
    const texts = ranges.map(({ name, text }) => `${name} ${text}`).join(', ');
    return [passed(`The ranges fit: ${texts}`, { details })];
  },
};
