import { optional, readEnvironment } from '../shared/environment.ts';

/** What rosactl reads from its environment, beside what the AWS SDK reads for itself. */
export const environment = () =>
  readEnvironment({
    ROSACTL_REGION: optional,
    ROSACTL_PROFILE: optional,
    ROSACTL_PLATFORM_API_URL: optional,
    ROSACTL_API_VERSION: optional,
    /** Any value switches colour off: https://no-color.org */
    NO_COLOR: optional,
    TERM: optional,
  });

export type RosactlEnvironment = ReturnType<typeof environment>;
