import { describe, expect, it } from '@jest/globals';
import { functionArn, parseAddress } from '../../../local-aws/lambda/function-address.ts';

const home = { partition: 'aws', accountId: '123456789012' };
const ARN = 'arn:aws:lambda:us-east-1:111122223333:function:f';

describe('parseAddress', () => {
  it.each([
    ['f', undefined, 'arn:aws:lambda:us-east-1:123456789012:function:f'],
    ['f:prod', undefined, 'arn:aws:lambda:us-east-1:123456789012:function:f:prod'],
    ['f', 'prod', 'arn:aws:lambda:us-east-1:123456789012:function:f:prod'],
    ['f:prod', 'prod', 'arn:aws:lambda:us-east-1:123456789012:function:f:prod'],
    ['111122223333:function:f:7', undefined, `${ARN}:7`],
    [ARN, undefined, ARN],
    [`${ARN}:$LATEST`, undefined, `${ARN}:$LATEST`],
  ])('reads %s with qualifier %s as %s', (given, qualifier, expected) => {
    expect(functionArn(parseAddress(given, home, 'us-east-1', qualifier))).toBe(expected);
  });

  it('refuses two different qualifiers', () => {
    expect(() => parseAddress('f:prod', home, 'us-east-1', 'dev')).toThrow(
      'does not match the specified qualifier',
    );
  });

  it("refuses another region's function", () => {
    expect(() => parseAddress(ARN, home, 'eu-west-1')).toThrow(
      "Functions from 'us-east-1' are not reachable in this region ('eu-west-1')",
    );
  });
});
