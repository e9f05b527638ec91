import { alarmTopic } from './alarm-topic.ts';
import { alarms } from './alarms.ts';
import { regionDashboard } from './dashboards/region-dashboard.ts';
import { logArchive } from './log-archive.ts';
import { savedQueries } from './saved-queries.ts';
import type { Resources } from './template.ts';

/**
 * What the customer's stack has for watching the functions: saved queries, alarms with their topic, the dashboard of
 * the region, and the archive of the logs. Names that are parameters are left for the framework to fill in.
 * @param queriesFolder where the saved queries lie
 */
export const observability = (queriesFolder: string): { Resources: Resources } => ({
  Resources: {
    ...savedQueries(queriesFolder),
    ...alarmTopic({ name: 'rosa-lambda-access-alarms', title: 'ROSA Lambda Access' }),
    ...alarms,
    ...regionDashboard,
    ...logArchive,
  },
});
