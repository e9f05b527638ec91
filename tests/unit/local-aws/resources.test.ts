import { describe, expect, it } from '@jest/globals';
import type { AwsRequest } from '../../../local-aws/aws-request.ts';
import type { Caller } from '../../../local-aws/callers.ts';
import { resourceOf } from '../../../local-aws/iam/resources.ts';
import { matchesText } from '../../../local-aws/iam/wildcard.ts';

const caller = { accountId: '111122223333', partition: 'aws-us-gov' } as Caller;
const inRegion = 'arn:aws-us-gov:secretsmanager:us-gov-west-1:111122223333:secret:';

/** What a call of Secrets Manager is judged on. */
function judgedOn(action: string, fields: object): Promise<string> {
  const body = Buffer.from(JSON.stringify(fields));
  const region = 'us-gov-west-1';
  const request = { service: 'secretsmanager', action, region, body, protocol: 'json' } as AwsRequest;
  return resourceOf(request, caller, async () => 'not asked for');
}

describe('a policy that is to be made', () => {
  it('is judged on its ARN, its path included', async () => {
    const fields = { Action: 'CreatePolicy', PolicyName: 'name', Path: '/trial/' };
    const body = Buffer.from(new URLSearchParams(fields).toString());
    const request = {
      service: 'iam',
      action: 'CreatePolicy',
      region: 'r',
      body,
      protocol: 'query',
    } as AwsRequest;
    const arn = await resourceOf(request, caller, async () => 'not asked for');
    expect(arn).toBe('arn:aws-us-gov:iam::111122223333:policy/trial/name');
  });
});

describe('a call of Secrets Manager is judged on', () => {
  it.each([
    ['GetSecretValue', { SecretId: 'folder/name' }],
    ['PutSecretValue', { SecretId: 'folder/name', SecretString: '{}' }],
    ['CreateSecret', { Name: 'folder/name', SecretString: '{}' }],
  ])('the secret that %s names, with six characters after it', async (action, fields) => {
    const arn = await judgedOn(action, fields);
    expect(arn).toMatch(/^[^*]+:secret:folder\/name-\w{6}$/);
    expect(matchesText(`${inRegion}folder/*`, arn)).toBe(true);
    expect(matchesText(`${inRegion}folder/name-??????`, arn)).toBe(true);
    expect(matchesText(`${inRegion}folder/name`, arn)).toBe(false);
  });

  it('the ARN that it has', async () => {
    const arn = `${inRegion}folder/name-Ab12Cd`;
    expect(await judgedOn('DeleteSecret', { SecretId: arn })).toBe(arn);
  });

  it.each(['ListSecrets', 'GetRandomPassword'])('no secret when it is %s', async (action) => {
    expect(await judgedOn(action, {})).toBe('*');
  });
});
