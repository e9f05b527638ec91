import { UsageError } from '../shared/cli/usage-error.ts';
import { parseBaseUrl } from '../shared/platform-api/base-url.ts';
import { type ApiVersion, apiVersions } from '../shared/platform-api/versions.ts';
import type { ConfigFile } from './config-file.ts';
import type { RosactlEnvironment } from './environment.ts';

/** Flags that every command has. */
export interface GlobalFlags {
  profile?: string;
  region?: string;
  platformApiUrl?: string;
  apiVersion?: string;
  yes?: boolean;
  verbose?: boolean;
}

/** Where rosactl works, once flags, environment and the config file are put together. */
export interface Settings {
  profile?: string;
  /** Absent: that of the AWS configuration. */
  region?: string;
  platformApi?: { url: string; region?: string };
  apiVersion: ApiVersion;
}

function baseUrl(text: string, source: string) {
  try {
    return parseBaseUrl(text);
  } catch (error) {
    throw new UsageError(`${source}: ${(error as Error).message}`, { cause: error });
  }
}

function apiVersion(text: string): ApiVersion {
  const version = apiVersions.find((known) => known === text);
  if (version) return version;
  throw new UsageError(`the API version must be ${apiVersions.join(' or ')}, not "${text}"`);
}

/**
 * Flags come before the environment, that before the config file. The region is that of `--region` or
 * `ROSACTL_REGION`, else the one in the Platform API's host name, as in the Go rosactl; else the AWS configuration's.
 * @throws UsageError for a URL or an API version that cannot be
 */
export function settingsFrom(
  flags: GlobalFlags,
  environment: Partial<RosactlEnvironment>,
  file: ConfigFile,
): Settings {
  const urls: [text: string | undefined, source: string][] = [
    [flags.platformApiUrl, '--platform-api-url'],
    [environment.ROSACTL_PLATFORM_API_URL, 'ROSACTL_PLATFORM_API_URL'],
    [file.platformApiUrl, '~/.rosactl/config.json'],
  ];
  const given = urls.find(([text]) => text);
  const platformApi = given && baseUrl(given[0] ?? '', given[1]);
  return {
    profile: flags.profile ?? environment.ROSACTL_PROFILE,
    region: flags.region ?? environment.ROSACTL_REGION ?? platformApi?.region,
    platformApi,
    apiVersion: apiVersion(flags.apiVersion ?? environment.ROSACTL_API_VERSION ?? 'v1'),
  };
}
