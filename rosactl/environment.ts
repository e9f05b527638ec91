import { optional, readEnvironment } from '../shared/environment.ts';

/** What rosactl reads from its environment, beside what the AWS SDK and a terminal's programs read for themselves. */
export const environment = () =>
  readEnvironment({
    ROSACTL_REGION: optional,
    ROSACTL_PROFILE: optional,
    ROSACTL_PLATFORM_API_URL: optional,
    ROSACTL_API_VERSION: optional,
  });

export type RosactlEnvironment = ReturnType<typeof environment>;
