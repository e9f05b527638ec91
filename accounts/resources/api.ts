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
