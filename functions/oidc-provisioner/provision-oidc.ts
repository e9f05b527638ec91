import type { OidcProvisionerRequest } from '../../schemas/generated/oidc-provisioner-request.js';
import type { OidcProvisionerResult } from '../../schemas/generated/oidc-provisioner-result.js';
import { AwsCallError, type AwsFailure } from '../../shared/aws/aws-call-error.ts';
import type { Invocation } from '../../shared/operation/invocation.ts';
import { OperationError } from '../../shared/operation-error.ts';
import { retry } from '../../shared/retry.ts';
import type { OidcDependencies } from './dependencies.ts';
import type { OidcProvider, OidcProviders } from './oidc-providers.ts';
import { changesOf, type Missing, mergeThumbprints, missingFrom, wantedProvider } from './wanted-provider.ts';

const nothing: OidcProvider = { thumbprints: [], clientIds: [], tags: {} };

const failedWith = (error: unknown, failure: AwsFailure): boolean =>
  error instanceof AwsCallError && error.failure === failure;

/**
 * The issuer as its provider is named: host in lower case, path as it is (a trailing slash belongs to the
 * issuer, since a token's `iss` must match), and no scheme.
 */
function providerName(issuerUrl: string): string {
  const [host = '', ...path] = issuerUrl.slice('https://'.length).split('/');
  return [host.toLowerCase(), ...path].join('/');
}

/**
 * Sees to it that the account has the OIDC provider of a cluster: made when it is absent, completed when it is
 * there. Nothing is removed or made anew, since other clusters may depend on it; only thumbprints, of which IAM
 * keeps 5, give way to newer ones.
 * @throws AwsCallError when IAM refuses a call
 * @throws OperationError `DependencyError` when IAM does not show a provider it says exists
 */
export async function provisionOidc(
  { providersIn, retryPolicy, invocation }: OidcDependencies & { invocation: Invocation },
  request: OidcProvisionerRequest,
): Promise<OidcProvisionerResult> {
  const name = providerName(request.issuer_url);
  const arn = `arn:${invocation.partition}:iam::${invocation.account}:oidc-provider/${name}`;
  const providers = providersIn(invocation.partition);
  const wanted = wantedProvider(request);
  const dryRun = request.dry_run ?? false;
  const answer = (status: OidcProvisionerResult['status'], missing: Missing): OidcProvisionerResult => ({
    oidc_provider_arn: arn,
    status,
    changes: changesOf(missing),
    dry_run: dryRun,
  });

  const whileBusy = (work: () => Promise<OidcProvisionerResult>) =>
    retry(retryPolicy, (error) => failedWith(error, 'concurrent-change') || isInvisible(error), work);

  // What was missing at the first look is what this run adds, however often IAM makes it start over.
  let lacked: Missing | undefined;
  return whileBusy(async () => {
    const present = await providers.get(arn);
    if (!present && (dryRun || (await create(providers, `https://${name}`, wanted)))) {
      return answer('created', missingFrom(nothing, wanted));
    }
    const provider = present ?? (await winnerOfRace(providers, arn));
    const missing = missingFrom(provider, wanted);
    lacked ??= missing;
    if (!dryRun) await complete(providers, arn, provider, missing);
    return answer(changesOf(lacked).length > 0 ? 'updated' : 'already_exists', lacked);
  });
}

/** Whether this call made the provider; false when another did so in the meantime. */
async function create(providers: OidcProviders, issuerUrl: string, wanted: OidcProvider): Promise<boolean> {
  try {
    await providers.create(issuerUrl, wanted);
    return true;
  } catch (error) {
    if (failedWith(error, 'exists')) return false;
    throw error;
  }
}

/** IAM is eventually consistent: what one call made, another may not see for a moment. */
const isInvisible = (error: unknown): boolean =>
  error instanceof OperationError && error.name === 'DependencyError';

async function winnerOfRace(providers: OidcProviders, arn: string): Promise<OidcProvider> {
  const provider = await providers.get(arn);
  if (provider) return provider;
  throw new OperationError(
    'DependencyError',
    `IAM says that ${arn} exists but does not show it yet. Send the same request again in a few seconds`,
  );
}

async function complete(providers: OidcProviders, arn: string, provider: OidcProvider, missing: Missing) {
  if (missing.thumbprints.length > 0) {
    await providers.replaceThumbprints(arn, mergeThumbprints(missing.thumbprints, provider.thumbprints));
  }
  // One after the other: IAM answers ConcurrentModification to simultaneous changes of one provider.
  for (const clientId of missing.clientIds) await providers.addClientId(arn, clientId);
  if (Object.keys(missing.tags).length > 0) {
    // The role may tag only with red-hat-managed in the request.
    await providers.tag(arn, { 'red-hat-managed': 'true', ...missing.tags });
  }
}

/** Metrics of one run: how often a provider was made, completed or found in order. */
export const measure = ({ status }: OidcProvisionerResult): Record<string, number> => ({
  [`oidc_provider_${status}`]: 1,
});
