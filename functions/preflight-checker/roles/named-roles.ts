import type { ClusterConfig } from '../../../schemas/generated/preflight-checker-request.js';
import type { AccountRoleKind } from '../../../shared/iam/account-role-trust.ts';
import type { Role } from '../account-reader.ts';
import type { PreflightFacts } from '../preflight-facts.ts';

/** What a role of a cluster needs, by its name in the request. */
interface Purpose {
  /** The AWS managed policy that gives it its permissions. */
  policy: string;
  /** Set for account roles. */
  kind?: AccountRoleKind;
  /** Set for operator roles: who assumes it, as `namespace:name`. */
  serviceAccounts?: readonly string[];
}

/** A role that the request names. */
export interface NamedRole extends Purpose {
  /** Its name in the request, such as `installer`. */
  key: string;
  arn: string;
  /** The last part of the ARN. */
  name: string;
}

/** https://docs.aws.amazon.com/rosa/latest/userguide/security-iam-awsmanpol.html */
const accountRoles: Record<keyof NonNullable<ClusterConfig['account_role_arns']>, Purpose> = {
  installer: { policy: 'ROSAInstallerPolicy', kind: 'Installer' },
  support: { policy: 'ROSASRESupportPolicy', kind: 'Support' },
  worker: { policy: 'ROSAWorkerInstancePolicy', kind: 'Worker' },
};

const operator = (policy: string, ...serviceAccounts: string[]): Purpose => ({ policy, serviceAccounts });

/** Service accounts: https://github.com/terraform-redhat/terraform-rhcs-rosa-hcp (modules/operator-roles) */
const operatorRoles: Record<keyof NonNullable<ClusterConfig['operator_role_arns']>, Purpose> = {
  ingress: operator('ROSAIngressOperatorPolicy', 'openshift-ingress-operator:ingress-operator'),
  image_registry: operator(
    'ROSAImageRegistryOperatorPolicy',
    'openshift-image-registry:cluster-image-registry-operator',
    'openshift-image-registry:registry',
  ),
  storage: operator(
    'ROSAAmazonEBSCSIDriverOperatorPolicy',
    'openshift-cluster-csi-drivers:aws-ebs-csi-driver-operator',
    'openshift-cluster-csi-drivers:aws-ebs-csi-driver-controller-sa',
  ),
  network: operator(
    'ROSACloudNetworkConfigOperatorPolicy',
    'openshift-cloud-network-config-controller:cloud-network-config-controller',
  ),
  kube_controller: operator('ROSAKubeControllerPolicy', 'kube-system:kube-controller-manager'),
  node_pool: operator('ROSANodePoolManagementPolicy', 'kube-system:capa-controller-manager'),
  control_plane: operator('ROSAControlPlaneOperatorPolicy', 'kube-system:control-plane-operator'),
  kms: operator('ROSAKMSProviderPolicy', 'kube-system:kms-provider'),
};

function named(purposes: Record<string, Purpose>, arns: object | undefined): NamedRole[] {
  const given = (arns ?? {}) as Record<string, string | undefined>;
  return Object.entries(purposes).flatMap(([key, purpose]) => {
    const arn = given[key];
    return arn ? [{ key, arn, name: arn.slice(arn.lastIndexOf('/') + 1), ...purpose }] : [];
  });
}

export const accountRolesOf = ({ account_role_arns }: ClusterConfig): NamedRole[] =>
  named(accountRoles, account_role_arns);

export const operatorRolesOf = ({ operator_role_arns }: ClusterConfig): NamedRole[] =>
  named(operatorRoles, operator_role_arns);

/** Why a role of that ARN cannot be one of this account. */
export function foreignTo({ home }: PreflightFacts, { arn }: NamedRole): string | undefined {
  const [, partition, , , account] = arn.split(':');
  if (partition !== home.partition) return `is in the partition ${partition}, not in ${home.partition}`;
  return account === home.account ? undefined : `is in the account ${account}, not in ${home.account}`;
}

/** The named roles of this account; those of another one are reported by account_roles and operator_roles. */
export const ownRoles = (facts: PreflightFacts): NamedRole[] =>
  [...accountRolesOf(facts.cluster), ...operatorRolesOf(facts.cluster)].filter(
    (role) => !foreignTo(facts, role),
  );

/** The named roles that the account has, with what it says of them; a missing one is reported by the same two. */
export async function rolesFound(facts: PreflightFacts): Promise<(NamedRole & { found: Role })[]> {
  const looked = ownRoles(facts).map(async (role) => {
    const found = await facts.account.role(role.name);
    return found ? [{ ...role, found }] : [];
  });
  return (await Promise.all(looked)).flat();
}
