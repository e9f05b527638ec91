import type { PlatformAccountRegistration } from '../../schemas/generated/platform-account-registration.js';
import type { PlatformClusterRequest } from '../../schemas/generated/platform-cluster-request.js';
import { readStatus } from './cluster-status.ts';
import type { Dialect, ListPage } from './dialect.ts';
import { fieldsOf, listOf, merged, objectAt, optionalText, text } from './fields.ts';
import type {
  Account,
  AccountChange,
  Cluster,
  ClusterRequest,
  FunctionArns,
  LambdaVersions,
} from './platform-api.ts';

// /api/v1 is the design's; its bodies are those of schemas/platform-*.schema.json, all snake_case.

const timeField = 'last_transition_time';

/** The API's names of the functions. */
const functionFields = {
  oidcProvisioner: 'oidc_provisioner',
  preflightChecker: 'preflight_checker',
  networkVerifier: 'network_verifier',
} as const satisfies Record<keyof FunctionArns, string>;

const functionKeys = Object.keys(functionFields) as (keyof FunctionArns)[];

const sentFunctions = (functions: FunctionArns): PlatformAccountRegistration['lambda_functions'] => ({
  oidc_provisioner: functions.oidcProvisioner,
  preflight_checker: functions.preflightChecker,
  network_verifier: functions.networkVerifier,
});

const sentVersions = (versions: LambdaVersions): PlatformAccountRegistration['lambda_versions'] =>
  Object.fromEntries(
    functionKeys.flatMap((key) => {
      const known = versions[key];
      return known ? [[functionFields[key], { version: known.version, code_sha256: known.codeSha256 }]] : [];
    }),
  );

function accountChange(change: AccountChange): Partial<PlatformAccountRegistration> {
  const { functions, lambdaVersions } = change;
  return {
    region: change.region,
    lambda_functions: functions && sentFunctions(functions),
    authentication: change.authentication,
    access_mode: change.accessMode,
    invocation_role_arn: change.invocationRoleArn,
    oidc_sts_role_arn: change.oidcStsRoleArn,
    lambda_versions: lambdaVersions && sentVersions(lambdaVersions),
  };
}

function functionsIn(value: unknown): FunctionArns | undefined {
  if (value === undefined) return undefined;
  const of = fieldsOf(value, 'the field lambda_functions');
  return {
    oidcProvisioner: text(of, 'oidc_provisioner'),
    preflightChecker: text(of, 'preflight_checker'),
    networkVerifier: text(of, 'network_verifier'),
  };
}

function versionsIn(value: unknown): LambdaVersions | undefined {
  if (value === undefined) return undefined;
  const known = functionKeys.flatMap((key) => {
    const of = objectAt(value, functionFields[key]);
    const [version, codeSha256] = [optionalText(of, 'version'), optionalText(of, 'code_sha256')];
    return version && codeSha256 ? [[key, { version, codeSha256 }]] : [];
  });
  return Object.fromEntries(known);
}

function account(answer: unknown): Account {
  const of = fieldsOf(answer, 'the account');
  return {
    accountId: text(of, 'account_id'),
    region: text(of, 'region'),
    functions: functionsIn(of.lambda_functions),
    authentication: text(of, 'authentication'),
    accessMode: text(of, 'access_mode'),
    invocationRoleArn: optionalText(of, 'invocation_role_arn'),
    oidcStsRoleArn: optionalText(of, 'oidc_sts_role_arn'),
    lambdaVersions: versionsIn(of.lambda_versions),
    externalId: optionalText(of, 'external_id'),
    release: optionalText(of, 'release'),
    lastAnswerAt: optionalText(of, 'last_answer_at'),
    createdAt: optionalText(of, 'created_at'),
    createdBy: optionalText(of, 'created_by'),
  };
}

/** The most the API gives at once. */
const firstPage = 'limit=100';

function page(answer: unknown): ListPage {
  const of = fieldsOf(answer, 'the answer');
  const token = optionalText(of, 'next_page_token');
  return {
    items: listOf(of.items, 'the field items'),
    next: token && `${firstPage}&page_token=${encodeURIComponent(token)}`,
  };
}

/** A token in `spec` takes the place of ours: whoever chose it may send the request again later. */
function clusterRequest(cluster: ClusterRequest, token: string): unknown {
  const request: PlatformClusterRequest = {
    name: cluster.name,
    region: cluster.region,
    vpc_id: cluster.vpcId,
    subnet_ids: [...cluster.subnetIds],
    version: cluster.version,
    cluster_config: cluster.clusterConfig,
    requirements: cluster.requirements,
  };
  return merged({ client_token: token, ...cluster.spec }, { ...request });
}

function cluster(answer: unknown): Cluster {
  const of = fieldsOf(answer, 'the cluster');
  return {
    id: text(of, 'id'),
    name: text(of, 'name'),
    createdAt: text(of, 'created_at'),
    createdBy: optionalText(of, 'created_by'),
    region: optionalText(of, 'region'),
    vpcId: optionalText(of, 'vpc_id'),
    version: optionalText(of, 'version'),
    accessMode: optionalText(of, 'access_mode'),
    oidcIssuerUrl: optionalText(of, 'oidc_issuer_url'),
    oidcProviderArn: optionalText(of, 'oidc_provider_arn'),
    ...readStatus(of, timeField),
  };
}

/** `/api/v1`. */
export const v1: Dialect = {
  registration: ({ accountId, ...rest }) => ({ account_id: accountId, ...accountChange(rest) }),
  account,
  accountChange,
  firstPage,
  page,
  clusterRequest,
  knowsTokens: true,
  cluster,
  clusterStatus: (answer) => readStatus(fieldsOf(answer, 'the status'), timeField),
};
