import { describe, expect, it } from '@jest/globals';
import { regionEnabled } from '../../../../../functions/preflight-checker/checks/region-enabled.ts';
import { fakeAccount, preflight } from '../../../../support/fakes/account.ts';
import { awsError } from '../../../../support/fakes/aws-errors.ts';

const region = 'me-south-1';
const inRegion = (status: string | undefined) =>
  preflight(regionEnabled, fakeAccount({ regions: { [region]: status } }), {}, region);

describe('region_enabled', () => {
  it.each(['opt-in-not-required', 'opted-in'])('passes a region that is %s', async (status) => {
    expect(await inRegion(status)).toMatchObject([
      { check: 'region_enabled', status: 'passed', details: { region, opt_in_status: status } },
    ]);
  });

  it.each(['not-opted-in', 'something-new'])(
    'fails a region that is %s and gives the command',
    async (status) => {
      const [result] = await inRegion(status);
      expect(result).toMatchObject({ status: 'failed', details: { region, opt_in_status: status } });
      expect(result?.message).toContain(`aws account enable-region --region-name ${region}`);
    },
  );

  it('fails a region AWS does not know and names it', async () => {
    const [result] = await preflight(regionEnabled, fakeAccount(), {}, 'eu-nowhere-1');
    expect(result).toMatchObject({
      status: 'failed',
      message: 'AWS knows no region eu-nowhere-1. Check its name',
      details: { region: 'eu-nowhere-1' },
    });
  });

  it('warns, and does not fail, when AWS does not tell the status', async () => {
    expect(await inRegion(undefined)).toMatchObject([
      { status: 'warning', details: { reason_code: 'value_absent' } },
    ]);
  });

  it('warns, naming the action, when the role may not look', async () => {
    const account = fakeAccount();
    account.fail('region', awsError('ec2:DescribeRegions', 'UnauthorizedOperation'));
    expect(await preflight(regionEnabled, account)).toMatchObject([
      { status: 'warning', details: { missing_action: 'ec2:DescribeRegions' } },
    ]);
  });
});
