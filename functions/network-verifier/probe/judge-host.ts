import type { EgressProbe } from '../../../schemas/generated/network-verifier-result.js';
import { type Finding, failed, passed, warning } from '../../../shared/checks/check.ts';
import { plain } from '../../../shared/platform-api/plain.ts';
import { createInterface } from '../endpoints.ts';
import type { NetworkFacts } from '../network-facts.ts';
import { ownCodes, type Probed, type Stage, stageLimits, type Target } from './probe-host.ts';

/** A host of the platform's list, to be probed. */
export interface ListedHost extends Target {
  /** The AWS service in the cluster's region that answers there, by its name in VPC endpoints. */
  service: string | undefined;
  /** Where in the list it is. */
  listed: Pick<EgressProbe, 'endpoint_group' | 'platform' | 'endpoints_version'>;
}

type ProbedHost = ListedHost & { probed: Probed };

/** A common name has 64 characters at most: https://www.rfc-editor.org/rfc/rfc5280#appendix-A.1 */
const longestName = 64;

/** Lambda chooses one of the subnets for each execution environment, and does not tell which. */
const placeOf = (attachedSubnetIds: readonly string[]): string =>
  `${attachedSubnetIds.length > 1 ? 'one of ' : ''}${attachedSubnetIds.join(', ')}`;

function whyOf({ stage, problem }: Probed): string | undefined {
  if (problem === ownCodes.noAnswer) return `no answer in ${stageLimits[stage] / 1_000} s`;
  return problem;
}

/** What went wrong at a stage, and what to do. */
const offences: Record<Stage, (one: ProbedHost, place: string, why: string | undefined) => string> = {
  dns: ({ host }, place, why) =>
    `${host} does not resolve in ${place} (${why}). Check the VPC's DNS attributes, the DNS servers of its DHCP option set and the DNS Firewall of Route 53 Resolver`,
  tcp: ({ host, probed: { addresses } }, place, why) =>
    `${host} (${addresses.join(', ')}) takes no connection at port 443 from ${place} (${why}). Let TCP port 443 out in the subnet's route table and network ACL, in the security groups of the function and in firewalls on the way`,
  tls: ({ host, probed: { issuer } }, place, why) =>
    issuer === undefined
      ? `${host} takes connections from ${place} and completes no TLS handshake (${why}). Most likely a firewall on the way goes by the name of the host: allow ${host} there`
      : `${host} shows a certificate in ${place} that cannot be verified (${why}), signed by "${plain(issuer, longestName)}": a proxy or firewall on the way presents its own. Let ${host} pass it unopened, or give the cluster that CA in its additional trust bundle`,
};

function offenceOf(facts: NetworkFacts, place: string, one: ProbedHost): string {
  const { host, service = '', probed } = one;
  if (probed.problem !== ownCodes.publicAddress) return offences[probed.stage](one, place, whyOf(probed));
  return `${host} has addresses in ${place} that are not private (${probed.addresses.join(', ')}), and a cluster without egress does not get there. Run: ${createInterface(facts, service)}`;
}

const detailsOf = (
  attachedSubnetIds: readonly string[],
  { host, listed, probed: { stage, addresses, ms, problem, issuer } }: ProbedHost,
): EgressProbe => ({
  host,
  ...listed,
  attached_subnet_ids: [...attachedSubnetIds],
  stage,
  addresses,
  dns_ms: ms.dns,
  tcp_ms: ms.tcp,
  tls_ms: ms.tls,
  error_code: problem,
  certificate_issuer: issuer && plain(issuer, longestName),
});

/** What the probe of one host means. Its subject is the subnet, where there is only one it can have been made in. */
export function judgeHost(
  facts: NetworkFacts,
  attachedSubnetIds: readonly string[],
  one: ProbedHost,
): Finding {
  const { host, probed } = one;
  const place = placeOf(attachedSubnetIds);
  const resourceId = attachedSubnetIds.length === 1 ? attachedSubnetIds[0] : undefined;
  const details = { ...detailsOf(attachedSubnetIds, one) };
  if (probed.problem === undefined) {
    const message = `${host} answers in ${place} over TLS, with a certificate that can be verified`;
    return passed(message, { resourceId, details });
  }
  if (probed.problem === ownCodes.outOfTime) {
    const message = `${host}: not probed to the end, since the time of the invocation ran out. Run it again`;
    return warning(message, { resourceId, details: { ...details, reason_code: 'deadline_exceeded' } });
  }
  const message = offenceOf(facts, place, one);
  if (!facts.requirements.proxy) return failed(message, { resourceId, details });
  return warning(
    `${message}. Nodes have a proxy, which was not probed: this matters for the hosts they reach without it`,
    { resourceId, details: { ...details, reason_code: 'not_verifiable' } },
  );
}
