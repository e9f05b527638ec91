import { optional, readEnvironment } from '../../shared/environment.ts';

/** Flags of every command, as they were given. */
export interface GlobalFlags {
  table?: string;
  region?: string;
  profile?: string;
}

/** Where accountctl works. */
export interface Settings {
  table: string;
  /** Absent: that of the AWS configuration. */
  region?: string;
  profile?: string;
}

/** The table that the service makes unless it is told another name. */
const defaultTable = 'rosa-accounts';

/** What accountctl reads from its environment, beside what the AWS SDK and a terminal's programs read for themselves. */
const environment = () =>
  readEnvironment({
    ACCOUNTCTL_TABLE: optional,
    ACCOUNTCTL_REGION: optional,
    ACCOUNTCTL_PROFILE: optional,
  });

/** Flags come before the environment. */
export function settingsFrom(
  flags: GlobalFlags,
  variables: Partial<ReturnType<typeof environment>> = environment(),
): Settings {
  return {
    table: flags.table ?? variables.ACCOUNTCTL_TABLE ?? defaultTable,
    region: flags.region ?? variables.ACCOUNTCTL_REGION,
    profile: flags.profile ?? variables.ACCOUNTCTL_PROFILE,
  };
}
