import { dnsSuffixOf } from '../../../shared/aws/partition.ts';
import awsHcp from './platforms/aws-hcp.json' with { type: 'json' };
import awsHcpZeroEgress from './platforms/aws-hcp-zero-egress.json' with { type: 'json' };

/** An endpoint of the platform as its file has it. */
interface ListedEndpoint {
  /** A host name, in which `{region}` and `{dns_suffix}` stand for the cluster's. */
  host: string;
  /** The AWS service that answers, by its name in VPC endpoints: `sts`, `s3`, `ecr.api`. */
  service?: string;
  /** The region of that service. Default: the cluster's. */
  region?: string;
}

interface Platform {
  platform: string;
  /** The day the list was last held against its sources. */
  version: string;
  sources: string[];
  groups: { name: string; purpose: string; endpoints: ListedEndpoint[] }[];
}

/** A host that nodes must reach, over TLS. */
export interface RequiredEndpoint {
  host: string;
  port: 443;
  /** The AWS service in the cluster's own region that answers there, by its name in VPC endpoints. */
  regionalService?: string;
}

/** Endpoints that nodes must reach for one purpose. */
export interface EndpointGroup {
  /** `images`, `updates`, `telemetry`, `aws-sts`, … */
  name: string;
  /** What nodes have them for, in a clause. */
  purpose: string;
  endpoints: RequiredEndpoint[];
}

/** The endpoints of a kind of cluster in a region. */
export interface RequiredEndpoints {
  /** `aws-hcp` or `aws-hcp-zero-egress`. */
  platform: string;
  version: string;
  groups: EndpointGroup[];
}

/** What the nodes of a cluster must reach, from the platform's file in `platforms/`. */
export function requiredEndpoints(region: string, zeroEgress: boolean): RequiredEndpoints {
  const { platform, version, groups }: Platform = zeroEgress ? awsHcpZeroEgress : awsHcp;
  const resolve = ({ host, service, region: home = region }: ListedEndpoint): RequiredEndpoint => ({
    host: host.replace('{region}', region).replace('{dns_suffix}', dnsSuffixOf(region)),
    port: 443,
    ...(service && home === region && { regionalService: service }),
  });
  return {
    platform,
    version,
    groups: groups.map((group) => ({ ...group, endpoints: group.endpoints.map(resolve) })),
  };
}
