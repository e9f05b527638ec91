import { describe, expect, it } from '@jest/globals';
import { settingsFrom } from '../../../rosactl/settings.ts';

const url = (host: string) => `https://${host}.example.com`;

describe('the address of the Platform API', () => {
  const flags = { platformApiUrl: url('flag') };
  const environment = { ROSACTL_PLATFORM_API_URL: url('environment') };
  const file = { platformApiUrl: url('file') };

  it('is that of the flag, else of the environment, else of the config file', () => {
    expect(settingsFrom(flags, environment, file).platformApi?.url).toBe(url('flag'));
    expect(settingsFrom({}, environment, file).platformApi?.url).toBe(url('environment'));
    expect(settingsFrom({}, {}, file).platformApi?.url).toBe(url('file'));
  });

  it('may be unknown', () => {
    expect(settingsFrom({}, {}, {}).platformApi).toBeUndefined();
  });

  it.each([
    [{ platformApiUrl: 'api' }, {}, {}, /^--platform-api-url: "api"/],
    [{}, { ROSACTL_PLATFORM_API_URL: 'http://x.org' }, {}, /^ROSACTL_PLATFORM_API_URL: .*https/],
    [{}, {}, { platformApiUrl: 'api' }, /^~\/\.rosactl\/config\.json: "api"/],
  ])('is a usage error when it cannot be one, which names where it is from', (...args) => {
    const [given, variables, kept, message] = args;
    expect(() => settingsFrom(given, variables, kept)).toThrow(
      expect.objectContaining({ name: 'UsageError', message: expect.stringMatching(message) }),
    );
  });
});

describe('the region', () => {
  const platformApiUrl = 'https://api.eu-west-1.example.com';

  it('is that of the flag, else of the environment, else the one in the address', () => {
    const environment = { ROSACTL_REGION: 'us-west-2' };
    expect(settingsFrom({ region: 'us-east-1', platformApiUrl }, environment, {}).region).toBe('us-east-1');
    expect(settingsFrom({ platformApiUrl }, environment, {}).region).toBe('us-west-2');
    expect(settingsFrom({ platformApiUrl }, {}, {}).region).toBe('eu-west-1');
  });

  it('is left to the AWS configuration otherwise', () => {
    expect(settingsFrom({ platformApiUrl: url('api') }, {}, {}).region).toBeUndefined();
  });
});

describe('the profile', () => {
  it('is that of the flag, else of the environment', () => {
    const environment = { ROSACTL_PROFILE: 'environment' };
    expect(settingsFrom({ profile: 'flag' }, environment, {}).profile).toBe('flag');
    expect(settingsFrom({}, environment, {}).profile).toBe('environment');
    expect(settingsFrom({}, {}, {}).profile).toBeUndefined();
  });
});

describe('the version of the API', () => {
  it('is that of the flag, else of the environment, else v1', () => {
    const environment = { ROSACTL_API_VERSION: 'v0' };
    expect(settingsFrom({ apiVersion: 'v1' }, environment, {}).apiVersion).toBe('v1');
    expect(settingsFrom({}, environment, {}).apiVersion).toBe('v0');
    expect(settingsFrom({}, {}, {}).apiVersion).toBe('v1');
  });

  it('is a usage error when there is no such version', () => {
    expect(() => settingsFrom({}, { ROSACTL_API_VERSION: 'v2' }, {})).toThrow(
      expect.objectContaining({ name: 'UsageError', message: expect.stringMatching(/v1 or v0, not "v2"/) }),
    );
  });
});
