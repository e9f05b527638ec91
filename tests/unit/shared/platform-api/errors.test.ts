import { describe, expect, it } from '@jest/globals';
import { contentOf } from '../../../../shared/platform-api/answer.ts';
import { PlatformApiError } from '../../../../shared/platform-api/platform-api-error.ts';

const request = 'POST /api/v1/clusters';

interface Given {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
  tries?: number;
}

/** The error an answer is understood as. */
function errorOf({ status, body, headers = {}, tries = 1 }: Given): PlatformApiError {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  try {
    contentOf({ status, headers: new Headers(headers), text }, { request, tries });
  } catch (error) {
    return error as PlatformApiError;
  }
  throw new Error('was no error');
}

describe('an answer that says yes', () => {
  it('is its JSON', () => {
    const answer = { status: 200, headers: new Headers(), text: '{"a":1}' };
    expect(contentOf(answer, { request, tries: 1 })).toEqual({ a: 1 });
  });

  it('may have no body', () => {
    expect(
      contentOf({ status: 204, headers: new Headers(), text: '' }, { request, tries: 1 }),
    ).toBeUndefined();
  });
});

describe("the API's own errors", () => {
  it('tell code, reason and every field', () => {
    const errors = [
      { field: 'name', reason: 'must be 3 to 18 characters' },
      { field: 'vpc_id', reason: "must be the VPC's id" },
    ];
    const body = {
      kind: 'Error',
      code: 'CLUSTERS-MGMT-VALIDATION-001',
      reason: 'A validation error.',
      errors,
    };
    const error = errorOf({ status: 422, body, headers: { 'x-amzn-RequestId': 'r-1' } });
    expect(error).toBeInstanceOf(PlatformApiError);
    expect(error).toMatchObject({
      name: 'PlatformApiError',
      failure: 'invalid',
      code: 'CLUSTERS-MGMT-VALIDATION-001',
      reason: 'A validation error',
      offences: errors,
      status: 422,
      request,
      requestId: 'r-1',
    });
    expect(error.message).toBe(
      "POST /api/v1/clusters was not accepted: A validation error; name: must be 3 to 18 characters; vpc_id: must be the VPC's id (CLUSTERS-MGMT-VALIDATION-001)",
    );
  });

  it.each([
    [400, 'invalid'],
    [401, 'denied'],
    [403, 'denied'],
    [404, 'not-found'],
    [409, 'exists'],
    [410, 'not-found'],
    [413, 'invalid'],
    [422, 'invalid'],
    [429, 'throttled'],
    [500, 'unavailable'],
    [501, 'invalid'],
    [502, 'unavailable'],
    [503, 'unavailable'],
    [504, 'unavailable'],
  ])('with status %d mean %s', (status, failure) => {
    expect(errorOf({ status, body: { kind: 'Error', code: 'X-001', reason: 'so' } }).failure).toBe(failure);
  });

  it('may lack a reason, or name no field', () => {
    const body = { kind: 'Error', code: 'X-001', errors: [{}, 'text'] };
    expect(errorOf({ status: 422, body }).message).toBe(
      'POST /api/v1/clusters was not accepted: no reason given; request: not valid; request: not valid (X-001)',
    );
  });

  it('cannot rule a terminal or fill it', () => {
    const reason = `\u001b[31mred\u001b[0m\r\nline\u202e${'x'.repeat(600)}`;
    const error = errorOf({ status: 403, body: { kind: 'Error', code: 'AUTH-009', reason } });
    expect(error.reason).toMatch(/^\[31mred \[0m line x+\.\.\.$/);
    expect(error.reason.length).toBeLessThanOrEqual(503);
  });

  it('tell how often was tried', () => {
    const body = { kind: 'Error', code: 'INTERNAL-001', reason: 'Internal server error' };
    expect(errorOf({ status: 500, body, tries: 4 }).message).toBe(
      'POST /api/v1/clusters was not served: Internal server error (INTERNAL-001, tried 4 times)',
    );
  });
});

describe('errors as Kubernetes words them', () => {
  const status = { kind: 'Status', apiVersion: 'v1', status: 'Failure', code: 409, reason: 'Conflict' };

  it("carry the platform's code in front of the message", () => {
    const message = 'CLUSTERS-MGMT-CREATE-005: a cluster named "dev1" already exists';
    expect(errorOf({ status: 409, body: { ...status, message } })).toMatchObject({
      failure: 'exists',
      code: 'CLUSTERS-MGMT-CREATE-005',
      reason: 'a cluster named "dev1" already exists',
    });
  });

  it('name fields as causes', () => {
    const details = { causes: [{ reason: 'FieldValueInvalid', message: 'required', field: 'spec.release' }] };
    expect(errorOf({ status: 422, body: { ...status, message: 'X-001: bad', details } }).offences).toEqual([
      { field: 'spec.release', reason: 'required' },
    ]);
  });

  it('may come without a code', () => {
    expect(errorOf({ status: 409, body: { ...status, message: 'it is there: really' } })).toMatchObject({
      code: 'Conflict',
      reason: 'it is there: really',
    });
    expect(errorOf({ status: 409, body: { kind: 'Status' } })).toMatchObject({
      code: 'Status',
      reason: 'no reason given',
    });
  });

  it('of the router are no answer about a thing that is missing', () => {
    const body = { ...status, code: 404, reason: 'NotFound', message: 'ROUTE-001: route not found' };
    expect(errorOf({ status: 404, body })).toMatchObject({ failure: 'invalid-answer', code: 'ROUTE-001' });
  });
});

describe("API Gateway's errors", () => {
  it.each(['message', 'Message'])('tell their reason as %s, their type in a header', (field) => {
    const headers = { 'x-amzn-ErrorType': 'MissingAuthenticationTokenException:http://x' };
    expect(
      errorOf({ status: 403, body: { [field]: 'Missing Authentication Token' }, headers }),
    ).toMatchObject({
      failure: 'denied',
      code: 'MissingAuthenticationTokenException',
      reason: 'Missing Authentication Token',
    });
  });

  it('may come without a type', () => {
    expect(errorOf({ status: 504, body: { message: 'Endpoint request timed out' } })).toMatchObject({
      failure: 'unavailable',
      code: 'ApiGateway',
    });
  });

  it('are no answer about a thing that is missing', () => {
    expect(errorOf({ status: 404, body: { message: 'Not Found' } }).failure).toBe('invalid-answer');
  });
});

describe('an answer that is none', () => {
  const html = { 'content-type': 'text/html; charset=utf-8' };

  it.each([200, 403, 404])('such as a web page with status %d, looks like another address', (status) => {
    const error = errorOf({
      status,
      body: `<html>\n  <title>Welcome</title>${'x'.repeat(100)}`,
      headers: html,
    });
    expect(error).toMatchObject({ failure: 'invalid-answer', code: 'NotJson', status });
    expect(error.message).toBe(
      `POST /api/v1/clusters was not answered as a Platform API does: the address does not look like the Platform API's, or it has no such version: status ${status}, text/html; charset=utf-8, "<html> <title>Welcome</title>${'x'.repeat(51)}..." (NotJson)`,
    );
  });

  it('may be of something in between that is out of order', () => {
    const error = errorOf({ status: 502, body: '<h1>Bad Gateway</h1>', headers: html });
    expect(error).toMatchObject({ failure: 'unavailable', code: 'NotJson' });
    expect(error.reason).toBe('status 502, text/html; charset=utf-8, "<h1>Bad Gateway</h1>"');
  });

  it('may be empty', () => {
    expect(errorOf({ status: 200, body: '' }).reason).toContain('status 200, no content type, ""');
  });

  it.each([{ error: 'nope' }, [], null, 'null', 7])('may be the JSON of another: %j', (body) => {
    expect(errorOf({ status: 404, body })).toMatchObject({
      failure: 'invalid-answer',
      code: 'UnknownAnswer',
    });
  });

  it.each([301, 302, 307, 308])('may lead elsewhere with status %d', (status) => {
    const headers = { location: 'https://login.example.com/' };
    expect(errorOf({ status, body: '', headers })).toMatchObject({
      failure: 'invalid-answer',
      code: 'Redirected',
      reason: `status ${status} leads to https://login.example.com/, which is not followed: the signature is for this address`,
    });
  });
});
