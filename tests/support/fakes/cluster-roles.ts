import type { Role } from '../../../functions/preflight-checker/account-reader.ts';
import { fakeRole } from './account.ts';

const issuerUrl = 'https://oidc.op1.openshiftapps.com/2f3a1c7e';
const issuer = 'oidc.op1.openshiftapps.com/2f3a1c7e';
export const providerArn = `arn:aws:iam::123456789012:oidc-provider/${issuer}`;

export const roleArn = (name: string): string => `arn:aws:iam::123456789012:role/${name}`;

/** The roles of a request, as far as the tests name any. */
export const installer = 'mine-HCP-ROSA-Installer-Role';
export const worker = 'mine-HCP-ROSA-Worker-Role';
export const storage = 'mine-openshift-cluster-csi-drivers-ebs-cloud-credentials';

export const namedRoles = {
  account_role_arns: { installer: roleArn(installer), worker: roleArn(worker) },
  operator_role_arns: { storage: roleArn(storage) },
  oidc_issuer_url: issuerUrl,
};

/** The AWS managed policies of these. */
export const managedPolicies: Record<string, string[]> = {
  [installer]: ['arn:aws:iam::aws:policy/service-role/ROSAInstallerPolicy'],
  [worker]: ['arn:aws:iam::aws:policy/service-role/ROSAWorkerInstancePolicy'],
  [storage]: ['arn:aws:iam::aws:policy/service-role/ROSAAmazonEBSCSIDriverOperatorPolicy'],
};

const tags = { 'red-hat-managed': 'true', rosa_managed_policies: 'true', rosa_hcp_policies: 'true' };

const trust = (statement: object): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] });

/** Lets in the service accounts of an operator. */
export const trustOf = (...subjects: string[]): string =>
  trust({
    Principal: { Federated: providerArn },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: { StringEquals: { [`${issuer}:sub`]: subjects } },
  });

export const storageSubjects = [
  'system:serviceaccount:openshift-cluster-csi-drivers:aws-ebs-csi-driver-operator',
  'system:serviceaccount:openshift-cluster-csi-drivers:aws-ebs-csi-driver-controller-sa',
];

const trusts: Record<string, string> = {
  [installer]: trust({
    Principal: { AWS: 'arn:aws:iam::710019948333:role/RH-Managed-OpenShift-Installer' },
    Action: 'sts:AssumeRole',
  }),
  [worker]: trust({ Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }),
  [storage]: trustOf(...storageSubjects),
};

/** The named roles as the rosa command line makes them, one of them with differences. */
export const rosaRoles = (name?: string, differences: Partial<Role> = {}): Role[] =>
  Object.entries(trusts).map(([role, trustPolicy]) =>
    fakeRole(role, { tags, trustPolicy, ...(role === name && differences) }),
  );
