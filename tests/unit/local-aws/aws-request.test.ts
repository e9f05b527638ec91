import { describe, expect, it } from '@jest/globals';
import { describeRequest, type HttpRequest } from '../../../local-aws/aws-request.ts';

const signed = (service: string, region = 'us-east-1') =>
  `AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`;

function read(service: string, request: Partial<Omit<HttpRequest, 'body'>> & { body?: string }) {
  const headers = { authorization: signed(service), ...request.headers };
  return describeRequest({
    method: 'POST',
    url: '/',
    ...request,
    headers,
    body: Buffer.from(request.body ?? ''),
  });
}

const form = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };

describe('describeRequest', () => {
  it('reads who calls what, where', () => {
    expect(read('iam', { headers: form, body: 'Action=GetRole&RoleName=a' })).toMatchObject({
      service: 'iam',
      action: 'GetRole',
      region: 'us-east-1',
      accessKeyId: 'AKIAEXAMPLE',
      protocol: 'query',
    });
  });

  it.each([
    ['ec2', { headers: form, body: 'Version=2016-11-15&Action=DescribeVpcs' }, 'ec2', 'DescribeVpcs'],
    [
      'servicequotas',
      { headers: { 'x-amz-target': 'ServiceQuotasV20190624.GetServiceQuota' } },
      'json',
      'GetServiceQuota',
    ],
    [
      'monitoring',
      { url: '/service/GraniteServiceVersion20100801/operation/PutDashboard' },
      'cbor',
      'PutDashboard',
    ],
    ['lambda', { url: '/2015-03-31/functions/f%3Aprod/invocations?Qualifier=1' }, 'rest-json', 'Invoke'],
    ['lambda', { method: 'GET', url: '/2015-03-31/functions/f' }, 'rest-json', 'GetFunction'],
    ['lambda', { method: 'GET', url: '/2017-03-31/tags/arn%3Aaws' }, 'rest-json', 'ListTags'],
    ['lambda', { method: 'GET', url: '/2099-01-01/novelties' }, 'rest-json', 'Unknown'],
    ['s3', { method: 'GET', url: '/' }, 's3', 'ListBuckets'],
    ['s3', { method: 'GET', url: '/bucket?list-type=2' }, 's3', 'ListObjectsV2'],
    ['s3', { method: 'PUT', url: '/bucket/a/b' }, 's3', 'PutObject'],
    ['s3', { method: 'PUT', url: '/bucket?policy' }, 's3', 'PutBucketPolicy'],
    ['s3', { method: 'HEAD', url: '/bucket/key' }, 's3', 'HeadObject'],
  ])('reads %s %j as %s %s', (service, request, protocol, action) => {
    expect(read(service, request)).toMatchObject({ service, protocol, action });
  });

  it('reads a pre-signed URL', () => {
    const url = '/bucket/key?X-Amz-Credential=AKIAOTHER%2F20260101%2Feu-west-1%2Fs3%2Faws4_request';
    const request = describeRequest({ method: 'GET', url, headers: {}, body: Buffer.alloc(0) });
    expect(request).toMatchObject({
      accessKeyId: 'AKIAOTHER',
      region: 'eu-west-1',
      service: 's3',
      action: 'GetObject',
    });
  });

  it('reads a call that needs no credentials', () => {
    const body = Buffer.from('Action=AssumeRoleWithWebIdentity&RoleArn=a');
    const request = describeRequest({ method: 'POST', url: '/', headers: form, body });
    expect(request).toMatchObject({
      service: 'sts',
      action: 'AssumeRoleWithWebIdentity',
      accessKeyId: undefined,
    });
  });
});
