import type { PlatformAccountRegistration } from '../../schemas/generated/platform-account-registration.js';
import type { PlatformClusterRequest } from '../../schemas/generated/platform-cluster-request.js';
import { readStatus } from './cluster-status.ts';
import type { Dialect } from './dialect.ts';
import { fieldsOf, merged, optionalText, text } from './fields.ts';
import type { Account, AccountRegistration, Cluster, ClusterRequest } from './platform-api.ts';

// /api/v1 is the design's; its bodies are those of schemas/platform-*.schema.json, all snake_case.

const timeField = 'last_transition_time';

function registration(account: AccountRegistration): PlatformAccountRegistration {
  const { functions } = account;
  return {
    account_id: account.accountId,
    region: account.region,
    lambda_functions: {
      oidc_provisioner: functions.oidcProvisioner,
      preflight_checker: functions.preflightChecker,
      network_verifier: functions.networkVerifier,
    },
    authentication: 'resource-policy',
    access_mode: account.authentication,
  };
}

function account(answer: unknown): Account {
  const of = fieldsOf(answer, 'the account');
  const functions = fieldsOf(of.lambda_functions, 'the field lambda_functions');
  return {
    accountId: text(of, 'account_id'),
    region: text(of, 'region'),
    functions: {
      oidcProvisioner: text(functions, 'oidc_provisioner'),
      preflightChecker: text(functions, 'preflight_checker'),
      networkVerifier: text(functions, 'network_verifier'),
    },
    authentication: text(of, 'access_mode'),
    createdAt: optionalText(of, 'created_at'),
    createdBy: optionalText(of, 'created_by'),
  };
}

function clusterRequest(cluster: ClusterRequest): unknown {
  const request: PlatformClusterRequest = {
    name: cluster.name,
    region: cluster.region,
    vpc_id: cluster.vpcId,
    subnet_ids: [...cluster.subnetIds],
    version: cluster.version,
    cluster_config: cluster.clusterConfig,
    requirements: cluster.requirements,
  };
  return merged(cluster.spec ?? {}, { ...request });
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
    oidcIssuerUrl: optionalText(of, 'oidc_issuer_url'),
    ...readStatus(of, timeField),
  };
}

/** `/api/v1`. */
export const v1: Dialect = {
  registration,
  account,
  clusterRequest,
  cluster,
  clusterStatus: (answer) => readStatus(fieldsOf(answer, 'the status'), timeField),
};
