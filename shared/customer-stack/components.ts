import networkVerifier from '../../functions/network-verifier/smoke-request.json' with { type: 'json' };
import oidcProvisioner from '../../functions/oidc-provisioner/smoke-request.json' with { type: 'json' };
import preflightChecker from '../../functions/preflight-checker/smoke-request.json' with { type: 'json' };
import { fitSmokeRequest, type SmokeRequest } from '../release/smoke-request.ts';

interface Component {
  component: string;
  /** The stack's parameter that has the function's name. */
  nameParameter: string;
  smokeRequest: SmokeRequest;
}

/** The three functions of the customer's service. */
const components: readonly Component[] = [
  {
    component: 'oidc-provisioner',
    nameParameter: 'oidcProvisionerName',
    smokeRequest: oidcProvisioner as SmokeRequest,
  },
  {
    component: 'preflight-checker',
    nameParameter: 'preflightCheckerName',
    smokeRequest: preflightChecker as SmokeRequest,
  },
  {
    component: 'network-verifier',
    nameParameter: 'networkVerifierName',
    smokeRequest: networkVerifier as SmokeRequest,
  },
];

/** `oidc-provisioner`, `preflight-checker`, `network-verifier`. */
export const componentNames = components.map(({ component }) => component);

/** A function of the customer's account, and the dry run it is tried with. */
export interface InstalledFunction {
  component: string;
  name: string;
  smokeRequest: SmokeRequest;
}

/**
 * The functions as a stack with these parameters has them.
 * @param parameters those that all stages share, by name; one that is left out has its default
 */
export function functionsOf(region: string, parameters: Record<string, string>): InstalledFunction[] {
  const surroundings = { region, oidcIssuerPattern: parameters.oidcIssuerPattern ?? '*' };
  return components.map(({ component, nameParameter, smokeRequest }) => ({
    component,
    name: parameters[nameParameter] || `rosa-${component}`,
    smokeRequest: fitSmokeRequest(smokeRequest, surroundings),
  }));
}
