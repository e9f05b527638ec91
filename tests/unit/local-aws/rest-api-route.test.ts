import { describe, expect, it } from '@jest/globals';
import { findRoute } from '../../../local-aws/execute-api/rest-api.ts';

const method = { authorizationType: 'AWS_IAM', integrationType: 'AWS_PROXY', uri: null, timeoutMs: null };
const resource = (path: string, ...verbs: string[]) => ({
  id: path,
  path,
  methods: Object.fromEntries(verbs.map((verb) => [verb, method])),
});
const api = {
  resources: [
    resource('/'),
    resource('/{proxy+}', 'ANY'),
    resource('/accounts', 'GET', 'ANY'),
    resource('/accounts/{id}', 'GET'),
    resource('/accounts/{id}/clusters/{name}', 'GET'),
  ],
};
const lead = (verb: string, path: string) => {
  const route = findRoute(api, verb, path);
  return route && [route.resource.path, route.methodName, route.parameters];
};

describe('the method of a request', () => {
  it.each([
    ['GET', '/accounts', ['/accounts', 'GET', null]],
    ['GET', '/accounts/', ['/accounts', 'GET', null]],
    ['POST', '/accounts', ['/accounts', 'ANY', null]],
    ['GET', '/accounts/1', ['/accounts/{id}', 'GET', { id: '1' }]],
    [
      'GET',
      '/accounts/1/clusters/a%20b',
      ['/accounts/{id}/clusters/{name}', 'GET', { id: '1', name: 'a%20b' }],
    ],
    ['POST', '/accounts/1', ['/{proxy+}', 'ANY', { proxy: 'accounts/1' }]],
    ['GET', '/anything/at/all', ['/{proxy+}', 'ANY', { proxy: 'anything/at/all' }]],
  ])('of %s %s is that of the narrowest resource', (verb, path, expected) => {
    expect(lead(verb, path)).toEqual(expected);
  });

  it('does not exist where no resource has one', () => {
    expect(lead('GET', '/')).toBeUndefined();
  });
});
