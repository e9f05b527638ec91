import type { CommandOption } from '../shared/cli/command.ts';
import { outputFormats } from '../shared/cli/output.ts';
import { commonOptions } from '../shared/cli/tool.ts';
import { apiVersions } from '../shared/platform-api/versions.ts';

/** Flags of every command. */
export const globalOptions: readonly CommandOption[] = [
  { flags: '--profile <name>', description: 'AWS profile to use (default: ROSACTL_PROFILE)' },
  {
    flags: '--region <region>',
    description:
      'AWS region (default: ROSACTL_REGION, then that of the Platform API, then the AWS configuration)',
  },
  {
    flags: '--platform-api-url <url>',
    description: 'the Platform API (default: ROSACTL_PLATFORM_API_URL, then ~/.rosactl/config.json)',
  },
  {
    flags: '--api-version <version>',
    description: 'version of the Platform API (default: ROSACTL_API_VERSION, then v1)',
    choices: apiVersions,
  },
  {
    flags: '--output <format>',
    description: 'how results are shown (default: table)',
    choices: outputFormats,
  },
  ...commonOptions,
];
