import { isEnabled } from '../../../shared/aws/opt-in-status.ts';
import { failed, passed, Undetermined } from '../../../shared/checks/check.ts';
import type { PreflightCheck } from '../preflight-facts.ts';

/** The region exists and is enabled for the account. */
export const regionEnabled: PreflightCheck = {
  name: 'region_enabled',
  what: 'the region exists and is enabled for the account',
  actions: ['ec2:DescribeRegions'],
  rule: 'Fails when AWS knows no region of that name, or when its opt-in status is neither `opt-in-not-required` nor `opted-in`.',
  remedy: '`aws account enable-region --region-name <region>`',
  run: async ({ account, region }) => {
    const known = await account.region(region);
    if (!known) return [failed(`AWS knows no region ${region}. Check its name`, { details: { region } })];
    const status = known.optInStatus;
    if (!status)
      throw new Undetermined('value_absent', `AWS does not tell whether region ${region} is enabled`);
    const details = { region, opt_in_status: status };
    if (isEnabled(status)) return [passed(`Region ${region} is enabled (${status})`, { details })];
    const remedy = `aws account enable-region --region-name ${region}`;
    return [
      failed(`Region ${region} is not enabled for the account (${status}). Enable it with: ${remedy}`, {
        details,
      }),
    ];
  },
};
