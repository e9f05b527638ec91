import { logGroupOf } from '../customer-stack/log-group-name.ts';
import type { CompareAspect } from './drift.ts';
import { isUnread } from './reading.ts';

/** How long records are kept: days, or what else is the case. */
export type Retention = number | 'never expires' | 'no log group';

/** The functions' log groups. Every call rejects with AwsCallError. */
export interface FunctionLogGroups {
  retention(functionName: string): Promise<Retention>;
  /** Time of the newest event, which is one of the last invocation; undefined when there is none. */
  lastEvent(functionName: string): Promise<Date | undefined>;
}

/** How long records are kept, against the stack's parameter `logRetentionDays`. */
export const retentionDrift: CompareAspect = ({ name, retention }, { retentionDays, region }) => {
  if (isUnread(retention) || !retentionDays || retention === retentionDays) return [];
  const group = logGroupOf(name);
  if (retention === 'no log group') {
    const message = `${name} has no log group ${group}: it can run, and leaves no record`;
    return [{ aspect: 'retention', message, next: 'rosactl setup-account' }];
  }
  const kept = retention === 'never expires' ? 'for ever' : `for ${retention} days`;
  return [
    {
      aspect: 'retention',
      message: `records of ${name} are kept ${kept} instead of ${retentionDays} days`,
      next: `aws logs put-retention-policy --log-group-name ${group} --retention-in-days ${retentionDays} --region ${region}`,
    },
  ];
};
