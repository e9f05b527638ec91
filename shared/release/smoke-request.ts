/** A request that leaves nothing behind. */
export interface SmokeRequest {
  dry_run: true;
}

/** What a smoke request has to fit: where it is tried, and which issuers the provisioner's role knows. */
export interface Surroundings {
  region: string;
  /** Such as `oidc.example.com/*`; `*` is any. */
  oidcIssuerPattern: string;
}

/** An issuer that a pattern allows. */
const issuerWithin = (pattern: string): string =>
  `https://${pattern.replaceAll('*', 'smoke-test').replaceAll('?', 'x')}`;

/**
 * A function's example request as it fits the place of the test.
 * @param request the content of the function's `smoke-request.json`
 */
export function fitSmokeRequest(
  request: SmokeRequest,
  { region, oidcIssuerPattern }: Surroundings,
): SmokeRequest {
  return {
    ...request,
    ...('region' in request && { region }),
    ...('issuer_url' in request &&
      oidcIssuerPattern !== '*' && { issuer_url: issuerWithin(oidcIssuerPattern) }),
  };
}
