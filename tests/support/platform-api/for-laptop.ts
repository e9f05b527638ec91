import type { LocalAws } from '../../../local-aws/local-aws.ts';
import { clmRoleArn } from '../../../tools/journey/regional-platform.ts';
import { TestPlatformApi, type TestPlatformApiOptions } from './test-platform-api.ts';

/** The account that the laptop AWS gives its administrator's credentials of. */
export const customer = '123456789012';

/** A Platform API that knows the administrator of a laptop AWS, and tells `clmRoleArn`. */
export function platformApiFor(
  { environment }: LocalAws,
  options: Omit<TestPlatformApiOptions, 'callers' | 'clmRoleArn'> = {},
): Promise<TestPlatformApi> {
  const { AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '' } = environment;
  const callers = { [AWS_ACCESS_KEY_ID]: { secretAccessKey, accountId: customer } };
  return TestPlatformApi.start({ callers, clmRoleArn, ...options });
}
