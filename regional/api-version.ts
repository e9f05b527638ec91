/** The version of all resources of the regional service. */
export const apiVersion = 'rosa.openshift.io/v1';
