import type { CheckStatus, CheckSummary } from '../../schemas/generated/check.js';
import type { PlatformFinding } from '../../schemas/generated/platform-cluster.js';
import type { Answer, CallOptions, CustomerAccess, OperationName, Operations } from '../access/access.ts';
import type { CustomerAccount } from '../accounts/customer-account.ts';
import type { Cluster, ClusterStatus } from './cluster.ts';

/** What a result says of the cluster. */
export interface Judgement {
  summary?: CheckSummary;
  /** All that failed or warns. */
  findings: PlatformFinding[];
  /** What the status learns. */
  learned?: Partial<ClusterStatus>;
}

/** What the region's operator has set. */
export interface StepSettings {
  /** Of the issuers' certificate, when it is not to be computed from the issuer. */
  oidcThumbprint?: string;
  /** Seconds between two tries while the customer's Lambda service does not answer at all. */
  outagePauseSeconds: number;
}

/** What a step works with. */
interface StepInput {
  access: CustomerAccess;
  account: CustomerAccount;
  cluster: Cluster;
  settings: StepSettings;
  options: CallOptions;
}

/** One step of the sequence. */
export interface Step {
  operation: OperationName;
  /** The condition that tells how it went. */
  condition: string;
  /** What it is doing, for people: `checking the network`. */
  doing: string;
  /** Milliseconds: what the function itself may take (its time-out in functions/<name>/function.yml) and a cold start. */
  withinMs: number;
  run(input: StepInput): Promise<Answer<Judgement>>;
}

interface Definition<Name extends OperationName> extends Omit<Step, 'operation' | 'run'> {
  operation: Name;
  request(cluster: Cluster, settings: StepSettings): Operations[Name]['request'];
  judge(result: Operations[Name]['result']): Judgement;
}

const step = <Name extends OperationName>({ request, judge, ...described }: Definition<Name>): Step => ({
  ...described,
  run: async ({ access, account, cluster, settings, options }) => {
    const { accessMode } = cluster.spec;
    const asked = request(cluster, settings);
    const answer = await access.invoke(account, accessMode, described.operation, asked, options);
    return answer.outcome === 'answered' ? { ...answer, result: judge(answer.result) } : answer;
  },
});

/**
 * The workers of a cluster that was asked for without any: the fewest there may be, of the smallest type that ROSA
 * offers by default. https://docs.openshift.com/rosa/rosa_architecture/rosa_policy_service_definition/rosa-hcp-service-definition.html
 */
const defaultWorkers = { instance_types: ['m5.xlarge'], node_count: 2 };

const isNotable = (result: { status: CheckStatus }): result is { status: PlatformFinding['status'] } =>
  result.status !== 'passed';

/** The sequence: a step begins when the one before it has not failed. */
const steps: readonly Step[] = [
  step({
    operation: 'preflight-checker',
    condition: 'PreflightPassed',
    doing: 'checking the account: quotas, roles, services',
    withinMs: 305_000,
    request: ({ metadata, spec }) => ({
      region: spec.request.region,
      cluster_config: spec.request.cluster_config ?? defaultWorkers,
      cluster_id: metadata.name,
    }),
    judge: ({ summary, validation_results }) => ({
      summary,
      findings: validation_results.flatMap(({ check_name, message, ...result }) =>
        isNotable(result) ? [{ check_name, status: result.status, message }] : [],
      ),
    }),
  }),
  step({
    operation: 'network-verifier',
    condition: 'NetworkVerified',
    doing: 'checking the network',
    withinMs: 305_000,
    request: ({ metadata, spec: { request } }) => ({
      vpc_id: request.vpc_id,
      subnet_ids: request.subnet_ids,
      ...(request.requirements && { requirements: request.requirements }),
      cluster_id: metadata.name,
    }),
    judge: ({ summary, network_validation_results }) => ({
      summary,
      findings: network_validation_results.flatMap(({ check_name, message, resource_id, ...result }) =>
        isNotable(result) ? [{ check_name, status: result.status, message, resource_id }] : [],
      ),
    }),
  }),
  step({
    operation: 'oidc-provisioner',
    condition: 'OidcProvided',
    doing: 'providing the OIDC provider',
    withinMs: 65_000,
    request: ({ metadata, spec }, { oidcThumbprint }) => ({
      issuer_url: spec.oidcIssuerUrl,
      ...(oidcThumbprint && { thumbprint: oidcThumbprint }),
      cluster_id: metadata.name,
    }),
    judge: ({ oidc_provider_arn }) => ({ findings: [], learned: { oidcProviderArn: oidc_provider_arn } }),
  }),
];

/** The step that comes next; undefined when all are done. */
export const nextStep = ({ operations }: Pick<ClusterStatus, 'operations'>): Step | undefined =>
  steps.find(({ operation }) => !operations.some((done) => done.operation === operation));
