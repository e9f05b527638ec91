import { describe, expect, it } from '@jest/globals';
import { AwsError, errorResponse, type Protocol } from '../../../local-aws/aws-errors.ts';

const error = new AwsError('AccessDenied', 403, 'no <way> & no "reason"');
const answer = (protocol: Protocol) => errorResponse({ protocol }, error);

describe('errorResponse', () => {
  it.each<[Protocol, string]>([
    [
      'ec2',
      '<Response><Errors><Error><Code>AccessDenied</Code><Message>no &lt;way&gt; &amp; no &quot;reason&quot;',
    ],
    ['query', '<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>no &lt;way&gt;'],
    ['s3', '<Error><Code>AccessDenied</Code><Message>no &lt;way&gt;'],
  ])('writes %s as XML', (protocol, text) => {
    expect(answer(protocol)).toMatchObject({ status: 403, body: expect.stringContaining(text) });
  });

  it('names the error of a JSON service in the body', () => {
    expect(JSON.parse(String(answer('json').body))).toMatchObject({
      __type: 'AccessDenied',
      message: error.message,
    });
  });

  it('names the error of a REST service in a header', () => {
    expect(answer('rest-json').headers['x-amzn-errortype']).toBe('AccessDenied');
  });

  it('writes a CBOR map of two texts', () => {
    const body = answer('cbor').body as Buffer;
    expect(body[0]).toBe(0xa2);
    expect(body.toString('latin1')).toContain('__type');
    expect(answer('cbor').headers['smithy-protocol']).toBe('rpc-v2-cbor');
  });
});
