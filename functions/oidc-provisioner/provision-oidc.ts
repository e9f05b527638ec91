import type { OidcProvisionerRequest } from '../../schemas/generated/oidc-provisioner-request.js';
import type { OidcProvisionerResult } from '../../schemas/generated/oidc-provisioner-result.js';
import { AwsCallError, type AwsFailure } from '../../shared/aws/aws-call-error.ts';
import { once } from '../../shared/once.ts';
import type { Invocation } from '../../shared/operation/invocation.ts';
import { OperationError } from '../../shared/operation-error.ts';
import { retry } from '../../shared/retry.ts';
import type { OidcDependencies } from './dependencies.ts';
import { explainIamError } from './iam-errors.ts';
import type { ComputedThumbprints } from './issuer-thumbprints.ts';
import type { OidcProvider, OidcProviders } from './oidc-providers.ts';
import { previewOfPresent, type Told, thumbprintsOfNew, toldOfPresent } from './thumbprint-source.ts';
import { changesOf, type Missing, mergeThumbprints, missingFrom, wantedProvider } from './wanted-provider.ts';

/** What one run has to see to. */
interface Run {
  providers: OidcProviders;
  arn: string;
  issuerUrl: string;
  wanted: OidcProvider;
  dryRun: boolean;
  /** Computes the issuer's thumbprints, once however often it is asked. */
  compute(): Promise<ComputedThumbprints>;
  /** What was missing at the first look: this run adds it, however often IAM makes it start over. */
  lacked?: Missing;
}

interface Outcome {
  status: OidcProvisionerResult['status'];
  missing: Missing;
  told: Told;
}

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
 * keeps 5, give way to newer ones. A thumbprint is computed only when a provider has to be made without one, or
 * for the report of a dry run.
 * @throws AwsCallError or OperationError when IAM refuses a call
 * @throws OperationError `DependencyError` when IAM does not show a provider it says exists
 */
export async function provisionOidc(
  dependencies: OidcDependencies & { invocation: Invocation },
  request: OidcProvisionerRequest,
): Promise<OidcProvisionerResult> {
  const run = runOf(dependencies, request);
  const { arn, dryRun } = run;
  const outcome = await retry(dependencies.retryPolicy, mayPass, () => attempt(run)).catch((error) => {
    throw explainIamError(error, arn);
  });
  const { status, missing, told } = outcome;
  return { oidc_provider_arn: arn, status, changes: changesOf(missing), dry_run: dryRun, ...told };
}

function runOf(
  { providersIn, thumbprints, invocation }: OidcDependencies & { invocation: Invocation },
  request: OidcProvisionerRequest,
): Run {
  const { partition, account } = invocation;
  const name = providerName(request.issuer_url);
  const issuerUrl = `https://${name}`;
  return {
    providers: providersIn(partition),
    arn: `arn:${partition}:iam::${account}:oidc-provider/${name}`,
    issuerUrl,
    wanted: wantedProvider(request),
    dryRun: request.dry_run ?? false,
    compute: once(() => thumbprints(issuerUrl, invocation.remainingMs())),
  };
}

async function attempt(run: Run): Promise<Outcome> {
  const present = await run.providers.get(run.arn);
  const made = present ? undefined : await make(run);
  return made ?? finish(run, present ?? (await winnerOfRace(run)));
}

/** What came of making the provider; nothing when another call was faster. */
async function make({ providers, issuerUrl, wanted, dryRun, compute }: Run): Promise<Outcome | undefined> {
  const { thumbprints, told } = await thumbprintsOfNew(wanted, compute);
  const whole = { ...wanted, thumbprints };
  if (!dryRun && !(await create(providers, issuerUrl, whole))) return undefined;
  return { status: 'created', missing: missingFrom(nothing, whole), told };
}

async function finish(run: Run, provider: OidcProvider): Promise<Outcome> {
  const { wanted, dryRun, compute } = run;
  const missing = missingFrom(provider, wanted);
  run.lacked ??= missing;
  if (!dryRun) await complete(run, provider, missing);
  const told = dryRun ? await previewOfPresent(wanted, provider, missing, compute) : toldOfPresent(wanted);
  const status = changesOf(run.lacked).length > 0 ? 'updated' : 'already_exists';
  return { status, missing: run.lacked, told };
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

/**
 * Whether starting over may help: another change is under way, the provider was deleted between two calls, or
 * IAM, which is eventually consistent, does not show for a moment what another call made.
 */
const mayPass = (error: unknown): boolean =>
  failedWith(error, 'concurrent-change') ||
  failedWith(error, 'not-found') ||
  (error instanceof OperationError && error.name === 'DependencyError');

async function winnerOfRace({ providers, arn }: Run): Promise<OidcProvider> {
  const provider = await providers.get(arn);
  if (provider) return provider;
  throw new OperationError(
    'DependencyError',
    `IAM says that ${arn} exists but does not show it yet. Send the same request again in a few seconds`,
  );
}

async function complete({ providers, arn }: Run, provider: OidcProvider, missing: Missing) {
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
