import { describe, expect, it } from '@jest/globals';
import { BaseUrlError, parseBaseUrl } from '../../../../shared/platform-api/base-url.ts';

const endpoint = 'https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com';

describe('the address of a Platform API', () => {
  it.each([
    [`${endpoint}/prod`, `${endpoint}/prod`, 'us-east-1'],
    [`${endpoint}/prod/`, `${endpoint}/prod`, 'us-east-1'],
    [`${endpoint}/prod//`, `${endpoint}/prod`, 'us-east-1'],
    [`${endpoint}/staging`, `${endpoint}/staging`, 'us-east-1'],
    [endpoint, `${endpoint}/prod`, 'us-east-1'],
    [`${endpoint}/`, `${endpoint}/prod`, 'us-east-1'],
    [`  ${endpoint.toUpperCase()}  `, `${endpoint}/prod`, 'us-east-1'],
    [
      'https://a1-vpce-0f1.execute-api.us-gov-west-1.amazonaws.com',
      'https://a1-vpce-0f1.execute-api.us-gov-west-1.amazonaws.com/prod',
      'us-gov-west-1',
    ],
    [
      'https://a1.execute-api.cn-north-1.amazonaws.com.cn',
      'https://a1.execute-api.cn-north-1.amazonaws.com.cn/prod',
      'cn-north-1',
    ],
    ['https://api.eu-west-1.int0.example.com', 'https://api.eu-west-1.int0.example.com', 'eu-west-1'],
    ['https://api.eu-west-1.int0.example.com/', 'https://api.eu-west-1.int0.example.com', 'eu-west-1'],
    ['https://api.eu-west-1.example.com/prod/', 'https://api.eu-west-1.example.com/prod', 'eu-west-1'],
    ['https://api.example.com:8443', 'https://api.example.com:8443', undefined],
    ['https://us-east-1a.example.com', 'https://us-east-1a.example.com', undefined],
    ['http://127.0.0.1:4567', 'http://127.0.0.1:4567', undefined],
    ['http://localhost:4567/prod', 'http://localhost:4567/prod', undefined],
  ])('%s is read', (text, url, region) => {
    expect(parseBaseUrl(text)).toEqual({ url, region });
  });

  it.each([
    ['', 'it must be like https://api.us-east-1.example.com'],
    ['api.us-east-1.example.com', 'it must be like https://api.us-east-1.example.com'],
    ['https://', 'it must be like https://api.us-east-1.example.com'],
    ['localhost:8080', 'it must begin with https://'],
    ['http://api.us-east-1.example.com', 'it must begin with https://'],
    ['ftp://127.0.0.1', 'it must begin with https://'],
    ['https://api.example.com?stage=prod', 'it must not contain ? or #'],
    ['https://api.example.com#prod', 'it must not contain ? or #'],
    ['https://api.example.com/api', 'it must end before /api, which is added'],
    [`${endpoint}/prod/api/v0`, 'it must end before /api, which is added'],
  ])('"%s" is refused', (text, problem) => {
    expect(() => parseBaseUrl(text)).toThrow(new BaseUrlError(text, problem));
  });

  it('does not repeat a password', () => {
    expect(() => parseBaseUrl('https://me:secret@api.example.com')).toThrow(
      '"https://...@api.example.com" is not the address of a Platform API: it must not contain a user name or password',
    );
  });
});
