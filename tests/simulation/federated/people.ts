import { holdingStep } from '../../../accounts/account/account-ids.ts';
import { type Account, accountKind } from '../../../accounts/resources/account.ts';
import { apiVersion, awsFinalizer, operatorNamespace } from '../../../accounts/resources/api.ts';
import { federatedAccessKind } from '../../../accounts/resources/aws-federated-account-access.ts';
import {
  type AWSFederatedRole,
  type AWSFederatedRoleSpec,
  federatedRoleKind,
} from '../../../accounts/resources/aws-federated-role.ts';
import type { NewResource } from '../../../shared/resources/resource.ts';
import type { ResourceStore } from '../../../shared/resources/resource-store.ts';
import { aClaim, anAccount, store as put } from '../../support/fakes/account-resources.ts';
import type { AwsModel } from '../aws/aws-model.ts';

/** The accounts of a run, which claims share. */
export const accountNames = ['osd-creds-mgmt-aaa001', 'osd-creds-mgmt-bbb002'] as const;

const described = { roleDisplayName: 'Network', roleDescription: 'Sees to the network' };

const custom = (action: string, resource: string[] = ['*']): AWSFederatedRoleSpec['awsCustomPolicy'] => ({
  name: 'Network',
  description: 'Sees to the network',
  awsStatements: [{ effect: 'Allow', action: [action], resource }],
});

/** What a role may be described as; the last two AWS does not take. */
export const roleSpecs = [
  { ...described, awsCustomPolicy: custom('ec2:DescribeVpcs') },
  { ...described, awsCustomPolicy: custom('ec2:DescribeSubnets'), awsManagedPolicies: ['IAMReadOnlyAccess'] },
  { ...described, awsManagedPolicies: ['AmazonEC2ReadOnlyAccess', 'IAMReadOnlyAccess'] },
  { ...described, awsCustomPolicy: custom('ec2:DescribeVpcs', []) },
  { ...described, awsManagedPolicies: ['UnknownAccess'] },
] as const satisfies readonly AWSFederatedRoleSpec[];

/** Whether AWS takes what a role describes. */
export const isTakeable = ({ awsCustomPolicy, awsManagedPolicies = [] }: AWSFederatedRoleSpec): boolean =>
  !awsManagedPolicies.includes('UnknownAccess') &&
  (awsCustomPolicy?.awsStatements.every(({ resource }) => resource?.length) ?? true);

export const aRole = (name: string, spec: AWSFederatedRoleSpec): NewResource => ({
  apiVersion,
  kind: federatedRoleKind.kind,
  metadata: { namespace: operatorNamespace, name },
  spec,
});

export const outsider = 'arn:aws:iam::222222222222:user/outsider';

/** An access by a claim's secret, or, in the operator's namespace, by an account's own. */
export const anAccess = (namespace: string, name: string, role: string, secret = 'aws'): NewResource => ({
  apiVersion,
  kind: federatedAccessKind.kind,
  metadata: { namespace, name },
  spec: {
    externalCustomerAWSIAMARN: outsider,
    awsCustomerCredentialSecret: { name: secret, namespace },
    awsFederatedRole: { name: role, namespace: operatorNamespace },
  },
});

/** A claim in a namespace of its own. */
export const claimIn = (namespace: string): NewResource =>
  aClaim({ name: 'claim', namespace }, { legalEntity: { id: namespace, name: namespace } });

/** An account that is in the organization, and has to be set up. */
export async function namedAccount(store: ResourceStore, world: AwsModel, name: string): Promise<void> {
  const { id } = world.organization.invite({ name, email: `${name}@example.com` });
  await store.create(anAccount({ name, finalizers: [awsFinalizer] }, { awsAccountID: id }));
}

/** An account that is ready, and nobody's. */
export async function readyAccount(store: ResourceStore, world: AwsModel, name: string): Promise<void> {
  const { id } = world.organization.invite({ name, email: `${name}@example.com` });
  const spec = { awsAccountID: id, iamUserSecret: `${name}-secret` };
  const made = anAccount({ name, finalizers: [awsFinalizer] }, spec);
  const account = (await put(store, made, { state: 'Ready', claimed: false })) as Account;
  await store.transact([holdingStep(account, id)]);
}

export const accountKey = (name: string) => ({ kind: accountKind.kind, namespace: operatorNamespace, name });

/** Describes a role anew, if it is there. */
export async function redescribe(
  store: ResourceStore,
  name: string,
  spec: AWSFederatedRoleSpec,
): Promise<void> {
  const role = (await store.get({ kind: federatedRoleKind.kind, namespace: operatorNamespace, name })) as
    | AWSFederatedRole
    | undefined;
  if (role) await store.update({ ...role, spec });
}
