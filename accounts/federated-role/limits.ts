import type { AWSFederatedRoleSpec } from '../resources/aws-federated-role.ts';
import { policyDocument } from './policy-document.ts';

/** What is wrong, in the words of a condition. */
export interface Problem {
  reason: string;
  message: string;
}

/**
 * What IAM takes: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html. More than ten policies are
 * for the asking, but of each account by itself.
 */
const mostPolicies = 10;
const mostCharacters = 6_144;
const mostOfPolicyName = 128;
const mostOfDescription = 1_000;

/** What an access puts behind the name of its policy: `-` and six characters. */
const suffixLength = 7;

const policyName = /^[\w+=,.@-]+$/;
/** One that is not at the top has its path before its name. */
const managedName = /^([\w-]+\/)*[\w+=,.@-]+$/;
/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
const describable = /^[\t\n\r\u0020-\u007e\u00a1-\u00ff]*$/;

function descriptionProblem(field: string, text = ''): Problem | undefined {
  if (text.length <= mostOfDescription && describable.test(text)) return undefined;
  const message = `${field} has ${text.length} characters or some that IAM does not know: up to ${mostOfDescription} of Latin-1 are taken`;
  return { reason: 'InvalidDescription', message };
}

function nameProblem(name: string | undefined): Problem | undefined {
  const most = mostOfPolicyName - suffixLength;
  if (!name || (policyName.test(name) && name.length <= most)) return undefined;
  const message = `awsCustomPolicy.name must be up to ${most} letters, digits, and any of _+=,.@-`;
  return { reason: 'InvalidPolicyName', message };
}

function sizeProblem(spec: AWSFederatedRoleSpec): Problem | undefined {
  // White space does not count.
  const size = policyDocument(spec)?.replaceAll(/\s/g, '').length ?? 0;
  if (size <= mostCharacters) return undefined;
  const message = `awsCustomPolicy comes to ${size} characters, and IAM takes ${mostCharacters}: shorten it, or use managed policies`;
  return { reason: 'PolicyTooLarge', message };
}

function countProblem({
  awsCustomPolicy,
  awsManagedPolicies = [],
}: AWSFederatedRoleSpec): Problem | undefined {
  const count = new Set(awsManagedPolicies).size + (awsCustomPolicy?.name ? 1 : 0);
  if (count <= mostPolicies) return undefined;
  return {
    reason: 'TooManyPolicies',
    message: `the role has ${count} policies, and IAM attaches ${mostPolicies}: leave some out`,
  };
}

function managedProblem({ awsManagedPolicies = [] }: AWSFederatedRoleSpec): Problem | undefined {
  const wrong = awsManagedPolicies.find((name) => !managedName.test(name));
  return wrong === undefined ? undefined : unknownPolicy(wrong);
}

/** AWS has no such policy. */
export const unknownPolicy = (name: string): Problem => ({
  reason: 'InvalidManagedPolicy',
  message: `AWS has no managed policy "${name}": give its name, after its path if it has one, such as job-function/Billing`,
});

/** What IAM would not take of a role, before it is asked; undefined when there is nothing. */
export const beyondLimits = (spec: AWSFederatedRoleSpec): Problem | undefined =>
  nameProblem(spec.awsCustomPolicy?.name) ??
  descriptionProblem('roleDescription', spec.roleDescription) ??
  descriptionProblem('awsCustomPolicy.description', spec.awsCustomPolicy?.description) ??
  sizeProblem(spec) ??
  countProblem(spec) ??
  managedProblem(spec);
