/** Group and version of every kind: those of existing manifests. */
export const apiVersion = 'aws.managed.openshift.io/v1alpha1';

/** Where all AccountPools and Accounts are. */
export const operatorNamespace = 'aws-account-operator';

/** Keeps a resource until what was made for it in AWS is gone. */
export const awsFinalizer = 'finalizer.aws.managed.openshift.io';

/** Label of an Account: six characters, with which the names of what is made for it in AWS end. */
export const iamUserIdLabel = 'iamUserId';

/** Labels of an AWSFederatedAccountAccess: six characters, and the account its role is in. */
export const accessUidLabel = 'uid';
export const accessAccountLabel = 'awsAccountID';

/** Another: the AWSFederatedRole that its role is made of. */
export const accessRoleLabel = 'awsFederatedRoleName';

/**
 * Keeps an Account and its claim until nobody outside has a role in the AWS account any more: one for each access, with
 * its namespace, which has no dot, and its name.
 */
export const accessFinalizer = ({ namespace, name }: { namespace: string; name: string }): string =>
  `${accessFinalizers}${namespace}.${name}`;

const accessFinalizers = 'federated-access.aws.managed.openshift.io/';

/** The accesses that keep a resource. */
export const accessesIn = (finalizers: readonly string[]): { namespace: string; name: string }[] =>
  finalizers
    .filter((finalizer) => finalizer.startsWith(accessFinalizers))
    .map((finalizer) => {
      const text = finalizer.slice(accessFinalizers.length);
      const dot = text.indexOf('.');
      return { namespace: text.slice(0, dot), name: text.slice(dot + 1) };
    });
