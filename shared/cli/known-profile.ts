import { loadSharedConfigFiles } from '@smithy/core/config';

/** The credentials that were asked for cannot be had. */
class UnknownProfile extends Error {
  override readonly name = 'CredentialsProviderError';
}

/** How the SDK names the other sections of the configuration file. */
const notOfProfiles = /^(sso-session|services)\./;

/**
 * Makes sure that a profile that was asked for is there: the SDK would only say that it found no credentials.
 * @throws UnknownProfile when neither of the AWS configuration files has it
 */
export async function checkProfile(profile: string | undefined): Promise<void> {
  if (!profile) return;
  const { configFile, credentialsFile } = await loadSharedConfigFiles();
  const sections = [...Object.keys(configFile), ...Object.keys(credentialsFile)];
  const known = new Set(sections.filter((section) => !notOfProfiles.test(section)));
  if (known.has(profile)) return;
  const names = [...known].join(', ') || 'none';
  throw new UnknownProfile(`the AWS configuration has no profile ${profile}; it has ${names}`);
}
