/** A function by its key in serverless.yml, and what the framework makes its resources' names of. */
export interface ServiceFunction {
  component: string;
  handlerKey: string;
  resource: string;
}

/** The functions of the customer's service. */
export const serviceFunctions: readonly ServiceFunction[] = [
  { component: 'oidc-provisioner', handlerKey: 'oidcProvisioner', resource: 'OidcProvisioner' },
  { component: 'preflight-checker', handlerKey: 'preflightChecker', resource: 'PreflightChecker' },
  { component: 'network-verifier', handlerKey: 'networkVerifier', resource: 'NetworkVerifier' },
];
