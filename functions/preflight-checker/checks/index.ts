import type { PreflightCheck } from '../preflight-facts.ts';
import { amiVisible } from './ami-visible.ts';
import { availabilityZones } from './availability-zones.ts';
import { capacityReservation } from './capacity-reservation.ts';
import { cidrConfig } from './cidr-config.ts';
import { ebsDefaultEncryption } from './ebs-default-encryption.ts';
import { instanceTypeExists } from './instance-type-exists.ts';
import { instanceTypeOffered } from './instance-type-offered.ts';
import { kmsKeys } from './kms-keys.ts';
import { nodeCount } from './node-count.ts';
import { oidcProviderReady } from './oidc-provider-ready.ts';
import { permissionsBoundary } from './permissions-boundary.ts';
import { quotaEbsSnapshots } from './quota-ebs-snapshots.ts';
import { quotaEc2SpecialVcpu } from './quota-ec2-special-vcpu.ts';
import { quotaEc2SpotVcpu } from './quota-ec2-spot-vcpu.ts';
import { quotaEc2StandardVcpu } from './quota-ec2-standard-vcpu.ts';
import { quotaNatPerAz } from './quota-nat-per-az.ts';
import { quotaOidcProviders } from './quota-oidc-providers.ts';
import { quotaPoliciesPerRole } from './quota-policies-per-role.ts';
import { quotasEbs } from './quotas-ebs.ts';
import { quotasIam } from './quotas-iam.ts';
import { quotasLoadBalancers } from './quotas-load-balancers.ts';
import { quotasVpc } from './quotas-vpc.ts';
import { regionEnabled } from './region-enabled.ts';
import { regionMatchesLambda } from './region-matches-lambda.ts';
import { resourceTags } from './resource-tags.ts';
import { roleManagedPolicies } from './role-managed-policies.ts';
import { roleTags } from './role-tags.ts';
import { roleTrustPolicy } from './role-trust-policy.ts';
import { accountRoles, operatorRoles } from './roles-exist.ts';
import { rootVolumeSize } from './root-volume-size.ts';
import { scpHint } from './scp-hint.ts';
import { elbServiceLinkedRole, spotServiceLinkedRole } from './service-linked-roles.ts';
import { stsTokenVersion } from './sts-token-version.ts';
import { usEast1Reachable } from './us-east-1-reachable.ts';
import { workerRoleName } from './worker-role-name.ts';

/** The preflight catalogue, in the order of the report. A new check is one file and one line here. */
export const preflightChecks: readonly PreflightCheck[] = [
  regionEnabled,
  regionMatchesLambda,
  stsTokenVersion,
  usEast1Reachable,
  availabilityZones,
  instanceTypeExists,
  instanceTypeOffered,
  capacityReservation,
  amiVisible,
  nodeCount,
  rootVolumeSize,
  resourceTags,
  cidrConfig,
  quotaEc2StandardVcpu,
  quotaEc2SpecialVcpu,
  quotaEc2SpotVcpu,
  ...quotasEbs,
  quotaEbsSnapshots,
  ...quotasVpc,
  quotaNatPerAz,
  ...quotasLoadBalancers,
  quotaOidcProviders,
  ...quotasIam,
  quotaPoliciesPerRole,
  elbServiceLinkedRole,
  spotServiceLinkedRole,
  accountRoles,
  operatorRoles,
  workerRoleName,
  roleManagedPolicies,
  roleTags,
  roleTrustPolicy,
  permissionsBoundary,
  oidcProviderReady,
  kmsKeys,
  ebsDefaultEncryption,
  scpHint,
];
