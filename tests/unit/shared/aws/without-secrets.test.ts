import { describe, expect, it } from '@jest/globals';
import { withoutSecrets } from '../../../../shared/aws/without-secrets.ts';

describe('a text that is logged', () => {
  it.each([
    ['an access key id', 'The AWS Access Key Id ASIAIOSFODNN7EXAMPLE is unknown', 'ASIAIOSFODNN7'],
    [
      'the request that AWS repeats when a signature does not match',
      "does not match.\n\nThe Canonical String for this request should have been\n'POST\n/\nx-amz-security-token:SECRETTOKEN\n'",
      'SECRETTOKEN',
    ],
    ['a session token', 'header x-amz-security-token: SECRETTOKEN was refused', 'SECRETTOKEN'],
    [
      'a signature',
      'Authorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101, Signature=abcdef',
      'abcdef',
    ],
    [
      'an encoded authorization message',
      'You are not authorized. Encoded authorization failure message: 4GIOHlTkIaWHQD0Q0m6XSnuM',
      '4GIOHlTk',
    ],
    [
      'a policy',
      'Syntax error in {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*"}]}',
      '"Statement"',
    ],
  ])('has %s taken out', (_what, text, secret) => {
    expect(text).toContain(secret);
    expect(withoutSecrets(text)).not.toContain(secret);
    expect(withoutSecrets(text).length).toBeGreaterThan(10);
  });

  it('keeps everything else, ARNs and request ids among it', () => {
    const text =
      'User: arn:aws:sts::123456789012:assumed-role/rosa/rosa is not authorized to perform: ec2:DescribeVpcs (Request ID: 8c1f)';
    expect(withoutSecrets(text)).toBe(text);
  });
});
