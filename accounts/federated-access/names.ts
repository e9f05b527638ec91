import type { AWSFederatedAccountAccess } from '../resources/aws-federated-account-access.ts';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const mostOfRoleName = 64;

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
const mostOfLabel = 63;

/** As much of a name as fits, without a `-` or `.` at its end. */
const beginningOf = (name: string, most: number): string => name.slice(0, most).replace(/[^A-Za-z0-9]+$/, '');

/** The role that is made of an AWSFederatedRole. @param uid six characters, so that no two are the same */
export const roleNameOf = (federatedRole: string, uid: string): string =>
  `${beginningOf(federatedRole, mostOfRoleName - uid.length - 1)}-${uid}`;

/** The policy that is made of an AWSFederatedRole's own one: how long its name may be was looked at before. */
export const policyNameOf = (customPolicy: string, uid: string): string => `${customPolicy}-${uid}`;

export const labelOf = (federatedRole: string): string => beginningOf(federatedRole, mostOfLabel);

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-console.html */
const signIn: Record<string, string> = {
  aws: 'signin.aws.amazon.com',
  'aws-us-gov': 'signin.amazonaws-us-gov.com',
  'aws-cn': 'signin.amazonaws.cn',
};

/** The address at which somebody takes on a role in the console. */
export const consoleUrlOf = (partition: string, account: string, roleName: string): string =>
  `https://${signIn[partition] ?? signIn.aws}/switchrole?${new URLSearchParams({ account, roleName })}`;

/** The tags of the role and the policy; by the last one they are known again as those of this access. */
export const tagsOf = ({ metadata }: AWSFederatedAccountAccess): Record<string, string> => ({
  federatedAccessName: metadata.name,
  federatedAccessNamespace: metadata.namespace,
  federatedAccessUid: metadata.uid,
});

export const isMarked = ({ metadata }: AWSFederatedAccountAccess, tags: Record<string, string>): boolean =>
  tags.federatedAccessUid === metadata.uid;
