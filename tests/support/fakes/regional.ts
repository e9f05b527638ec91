import {
  type CustomerAccountSpec,
  type CustomerAccountStatus,
  customerAccountKey,
} from '../../../regional/accounts/customer-account.ts';
import {
  type Cluster,
  type ClusterSpec,
  type ClusterStatus,
  clusterKey,
  clusterKind,
  provisioningFinalizer,
} from '../../../regional/clusters/cluster.ts';
import type { NewResource } from '../../../shared/resources/resource.ts';
import type { ResourceStore } from '../../../shared/resources/resource-store.ts';

export const accountId = '123456789012';
export const clusterId = '2f3a1c7e-8d4b-4c6a-9e5f-0a1b2c3d4e5f';

const apiVersion = 'rosa.openshift.io/v1';
const createdBy = `arn:aws:iam::${accountId}:user/admin`;
const arn = (component: string) => `arn:aws:lambda:us-east-1:${accountId}:function:rosa-${component}:prod`;

/** An account that has registered its functions. */
export const newAccount = (): NewResource<CustomerAccountSpec> => {
  const { kind, namespace, name } = customerAccountKey(accountId);
  return {
    apiVersion,
    kind,
    metadata: { namespace, name, labels: { 'access-mode': 'lambda' } },
    spec: {
      createdBy,
      registration: {
        account_id: accountId,
        region: 'us-east-1',
        authentication: 'resource-policy',
        access_mode: 'lambda',
        lambda_functions: {
          oidc_provisioner: arn('oidc-provisioner'),
          preflight_checker: arn('preflight-checker'),
          network_verifier: arn('network-verifier'),
        },
      },
    },
  };
};

/** A cluster that has just been asked for. */
export const newCluster = (spec: Partial<ClusterSpec> = {}, id = clusterId): NewResource<ClusterSpec> => ({
  apiVersion,
  kind: clusterKind,
  metadata: {
    namespace: accountId,
    name: id,
    uid: id,
    finalizers: [provisioningFinalizer],
    labels: { 'access-mode': 'lambda' },
  },
  spec: {
    request: {
      name: 'dev1',
      region: 'us-east-1',
      vpc_id: 'vpc-0a1b2c3d4e5f60718',
      subnet_ids: ['subnet-0a1b2c3d4e5f60718'],
    },
    accessMode: 'lambda',
    createdBy,
    oidcIssuerUrl: `https://oidc.example.com/${id}`,
    ...spec,
  },
});

/** Makes an account and a cluster of it. */
export async function storeCluster(store: ResourceStore, spec: Partial<ClusterSpec> = {}): Promise<void> {
  await store.create<CustomerAccountSpec, CustomerAccountStatus>(newAccount());
  await store.create<ClusterSpec, ClusterStatus>(newCluster(spec));
}

/** The cluster as it is now. */
export const storedCluster = (store: ResourceStore): Promise<Cluster | undefined> =>
  store.get<ClusterSpec, ClusterStatus>(clusterKey(accountId, clusterId));
