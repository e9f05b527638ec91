import { describe, expect, it } from '@jest/globals';
import { accountSettings, seedSettings } from '../../../accounts/settings.ts';

describe('the settings', () => {
  it('are the seed’s constants where nothing is said', () => {
    expect(accountSettings({})).toEqual(seedSettings);
    expect(seedSettings).toMatchObject({
      emailId: 'osd-creds-mgmt',
      createPendSeconds: 600,
      intervalAfterCaseCreationSecs: 30,
      intervalBetweenChecksSecs: 30,
      awsInstanceType: 't2.micro',
    });
    expect(seedSettings.coveredRegions).toHaveLength(15);
  });

  it('are what the environment says', () => {
    const settings = accountSettings({
      AWS_LIMIT: '250',
      CREATE_PEND_SECONDS: '1500',
      COVERED_REGIONS: 'us-east-1, eu-west-1',
      BLOCKED_ACCOUNT_IDS: '111122223333',
    });
    expect(settings).toMatchObject({
      awsLimit: 250,
      createPendSeconds: 1_500,
      coveredRegions: ['us-east-1', 'eu-west-1'],
      blockedAccountIds: ['111122223333'],
    });
  });

  it.each(['', 'many', '-1', '1e3', '0'])('know no limit from "%s"', (AWS_LIMIT) => {
    expect(accountSettings({ AWS_LIMIT }).awsLimit).toBeUndefined();
  });

  it('refuse times that are none', () => {
    expect(() => accountSettings({ CREATE_PEND_SECONDS: 'soon' })).toThrow(
      /CREATE_PEND_SECONDS must be a whole number of seconds, not "soon"/,
    );
  });
});
