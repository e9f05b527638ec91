import type { LambdaFunctions } from './lambda-functions.ts';
import { Refused } from './refused.ts';

/** A version to release. */
export interface PublishedVersion {
  version: string;
  /** false: an earlier release has published the very same code and settings. */
  isNew: boolean;
}

/**
 * The version that holds what is now deployed: the newest one when its code and settings are the same, else one
 * that is published now. AWS makes a new version whenever the function was updated, equal bytes or not, and every
 * stack update does so; what was tried on one stage would reach the next as another version.
 * @param codeSha256 base64 of the SHA-256 of the local deployment package
 * @throws Refused when the deployed code is not that package
 */
export async function publish(
  functions: LambdaFunctions,
  name: string,
  codeSha256: string,
): Promise<PublishedVersion> {
  const versions = await functions.versions(name);
  const latest = versions.find(({ version }) => version === '$LATEST');
  if (latest?.codeSha256 !== codeSha256) {
    throw new Refused(
      `the deployed code of ${name} (${latest?.codeSha256 ?? 'none'}) is not that of the package (${codeSha256}): somebody has changed it meanwhile. Run the same command again; "serverless deploy" with --force`,
    );
  }
  const newest = versions
    .filter(({ version }) => version !== '$LATEST')
    .sort(byNumber)
    .at(-1);
  const isSame = newest?.codeSha256 === codeSha256 && newest.settings === latest.settings;
  if (newest && isSame) return { version: newest.version, isNew: false };
  return { version: await functions.publish(name, codeSha256), isNew: true };
}

const byNumber = (a: { version: string }, b: { version: string }): number =>
  Number(a.version) - Number(b.version);
