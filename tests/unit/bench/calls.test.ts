import { describe, expect, it } from '@jest/globals';
import { type Call, extraPagesOf, listingsIn } from '../../../bench/answers/calls.ts';

const call = (action: string, body: string, service = 'ec2'): Call => ({
  service,
  region: 'us-east-1',
  action,
  body: Buffer.from(body).toString('base64'),
});

const first = call('DescribeVpcs', 'Action=DescribeVpcs&MaxResults=5');
const second = call('DescribeVpcs', 'Action=DescribeVpcs&MaxResults=5&NextToken=5');
const other = call('DescribeSubnets', 'Action=DescribeSubnets');

describe('the calls of an invocation', () => {
  it('have the pages of a listing together, whatever was called between them', () => {
    expect(listingsIn([first, other, second])).toEqual([[first, second], [other]]);
  });

  it.each([
    ['IAM', 'iam', 'Action=ListRoles', 'Action=ListRoles&Marker=abc'],
    ['Service Quotas', 'servicequotas', '{"ServiceCode":"vpc"}', '{"NextToken":"MTAw","ServiceCode":"vpc"}'],
  ])('are pages of one listing of %s too', (_, service, one, two) => {
    expect(listingsIn([call('List', one, service), call('List', two, service)])).toHaveLength(1);
  });

  it('that ask another question are another listing', () => {
    const filtered = call('DescribeVpcs', 'Action=DescribeVpcs&MaxResults=5&Filter.1.Name=state');
    expect(listingsIn([first, filtered])).toHaveLength(2);
  });

  it('have the extra pages of the longest listing', () => {
    expect(extraPagesOf([first, second, second, other, other])).toBe(2);
    expect(extraPagesOf([])).toBe(0);
  });
});
