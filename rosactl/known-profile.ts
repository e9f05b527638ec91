import { loadSharedConfigFiles } from '@smithy/core/config';

/** The credentials that were asked for cannot be had. */
class UnknownProfile extends Error {
  override readonly name = 'CredentialsProviderError';
}

/**
 * Makes sure that a profile that was asked for is there: the SDK would only say that it found no credentials.
 * @throws UnknownProfile when neither of the AWS configuration files has it
 */
export async function checkProfile(profile: string | undefined): Promise<void> {
  if (!profile) return;
  const { configFile, credentialsFile } = await loadSharedConfigFiles();
  if (configFile[profile] || credentialsFile[profile]) return;
  const known = [...new Set([...Object.keys(configFile), ...Object.keys(credentialsFile)])].join(', ');
  throw new UnknownProfile(`the AWS configuration has no profile ${profile}; it has ${known || 'none'}`);
}
