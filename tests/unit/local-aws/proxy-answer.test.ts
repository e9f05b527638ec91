import { describe, expect, it } from '@jest/globals';
import { proxyAnswer } from '../../../local-aws/execute-api/proxy-answer.ts';

const read = (value: unknown) => proxyAnswer({ failed: false, payload: JSON.stringify(value) });

describe("a function's answer", () => {
  it('becomes status, headers and body', () => {
    const answer = read({ statusCode: 201, headers: { 'X-One': 1 }, body: '{}' });
    expect(answer).toEqual({
      status: 201,
      headers: { 'content-type': 'application/json', 'x-one': '1' },
      body: '{}',
    });
  });

  it('may leave out all but the status, and give that as text', () => {
    expect(read({ statusCode: '204' })).toMatchObject({ status: 204, body: '' });
  });

  it('may have several values for a header, which count before the one', () => {
    const headers = {
      headers: { a: 'x', 'Content-Type': 'text/plain' },
      multiValueHeaders: { A: ['1', '2'] },
    };
    expect(read({ statusCode: 200, ...headers }).headers).toEqual({
      a: ['1', '2'],
      'content-type': 'text/plain',
    });
  });

  it('cannot set what the gateway sets', () => {
    const headers = { 'Content-Length': '3', 'WWW-Authenticate': 'Basic' };
    expect(read({ statusCode: 401, headers }).headers).toEqual({
      'content-type': 'application/json',
      'x-amzn-remapped-content-length': '3',
      'x-amzn-remapped-www-authenticate': 'Basic',
    });
  });

  it.each([
    ['null', null],
    ['a text', 'fine'],
    ['a list', []],
    ['without a status', { body: 'x' }],
    ['with a status that is none', { statusCode: 'fine' }],
    ['with a body that is an object', { statusCode: 200, body: {} }],
    ['with a header that is an object', { statusCode: 200, headers: { a: {} } }],
    ['with headers that are a list', { statusCode: 200, headers: ['a'] }],
  ])('that is %s gives 502', (_, value) => {
    expect(() => read(value)).toThrow(
      expect.objectContaining({ status: 502, message: 'Internal server error' }),
    );
  });

  it('of a function that failed gives 502', () => {
    const failed = () => proxyAnswer({ failed: true, payload: '{"statusCode":200}' });
    expect(failed).toThrow(expect.objectContaining({ status: 502 }));
  });
});
