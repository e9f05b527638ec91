import type { CustomerAccount } from '../tools/journey/customer-account.ts';
import type { BenchCase } from './document.ts';

/** What is measured: a request, and in which account. */
export interface CaseToMeasure extends Pick<BenchCase, 'name' | 'component' | 'account' | 'roundTripLimit'> {
  event: object;
  /** How often a process is asked; the first time is the cold one. */
  invocations: number;
}

/** What the cases need of an account. */
export interface AccountToMeasure extends CustomerAccount {
  size: BenchCase['account'];
  accountRoleArns: Record<string, string>;
  operatorRoleArns: Record<string, string>;
  /** An issuer that has a provider, and one that has none; the answers go on to say so when it was made. */
  issuers: { present: string; absent: string };
}

/** A made-up one. It is given, so that none has to be computed over the internet. */
export const thumbprint = '917e732d330f9a12404f73d8bea36948b929dffc';
export const clusterId = 'bench';

const oidcRequest = (issuer_url: string) => ({ issuer_url, thumbprint, cluster_id: clusterId });

/** Names what a cluster has decided, so that as many checks as possible have something to look up. */
const preflightRequest = ({ accountRoleArns, operatorRoleArns, issuers, vpcId }: AccountToMeasure) => ({
  region: 'us-east-1',
  cluster_config: {
    instance_types: ['m5.xlarge', 'm6i.2xlarge'],
    node_count: 3,
    max_node_count: 6,
    availability_zones: ['us-east-1a', 'us-east-1b', 'us-east-1c'],
    vpc_id: vpcId,
    account_role_arns: accountRoleArns,
    operator_role_arns: operatorRoleArns,
    oidc_issuer_url: issuers.absent,
  },
});

const networkRequest = ({ vpcId, privateSubnetIds, publicSubnetIds }: AccountToMeasure) => ({
  vpc_id: vpcId,
  subnet_ids: [...privateSubnetIds, ...publicSubnetIds],
});

/**
 * The journeys in an account, with the round trips each may take. The provisioner asks for one provider by its name,
 * so a large account is nothing new to it.
 */
export function casesOf(account: AccountToMeasure): CaseToMeasure[] {
  // A large account's answers take seconds to parse.
  const shared = { account: account.size, invocations: account.size === 'small' ? 20 : 2 };
  const made = (title: string, component: string, roundTripLimit: number, event: object): CaseToMeasure => ({
    ...shared,
    name: `${title}, ${account.size} account`,
    component,
    roundTripLimit,
    event,
  });
  const oidc = 'oidc-provisioner';
  const preflight = 'preflight-checker';
  const network = 'network-verifier';
  return [
    made(`${oidc} created`, oidc, 2, oidcRequest(account.issuers.absent)),
    made(`${oidc} exists`, oidc, 1, oidcRequest(account.issuers.present)),
    made(preflight, preflight, 3, preflightRequest(account)),
    made(network, network, 2, networkRequest(account)),
  ].filter(({ component }) => account.size === 'small' || component !== oidc);
}
