import { optional, readEnvironment } from '../shared/environment.ts';

/** What rosactl reads from its environment, beside what the AWS SDK reads for itself. */
export const environment = () => readEnvironment({ ROSACTL_REGION: optional, ROSACTL_PROFILE: optional });
