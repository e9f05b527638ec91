import { describe, expect, it } from '@jest/globals';
import { componentNames, functionsOf } from '../../../../shared/customer-stack/components.ts';

const region = 'eu-west-1';

const smokeRequestOf = (component: string, parameters = {}) =>
  functionsOf(region, parameters).find((one) => one.component === component)?.smokeRequest;

describe('the functions of a stack', () => {
  it('are one of each component, under the default names', () => {
    const functions = functionsOf(region, {});
    expect(functions.map(({ component }) => component)).toEqual(componentNames);
    expect(functions.map(({ name }) => name)).toEqual([
      'rosa-oidc-provisioner',
      'rosa-preflight-checker',
      'rosa-network-verifier',
    ]);
  });

  it('have the names of the parameters; an empty one is left out', () => {
    const functions = functionsOf(region, {
      oidcProvisionerName: 'acme-oidc',
      preflightCheckerName: '',
      networkVerifierName: 'acme-network',
    });
    expect(functions.map(({ name }) => name)).toEqual([
      'acme-oidc',
      'rosa-preflight-checker',
      'acme-network',
    ]);
  });
});

describe('the request a function is tried with', () => {
  it.each(componentNames)('leaves nothing behind: %s', (component) => {
    expect(smokeRequestOf(component)).toMatchObject({ dry_run: true });
  });

  it('is about the region of the stack', () => {
    expect(smokeRequestOf('preflight-checker')).toMatchObject({ region });
  });

  it('is about an issuer that the role of the provisioner knows', () => {
    const parameters = { oidcIssuerPattern: 'oidc.example.com/*' };
    expect(smokeRequestOf('oidc-provisioner', parameters)).toMatchObject({
      issuer_url: expect.stringMatching(/^https:\/\/oidc\.example\.com\/[^*]+$/),
    });
    expect(smokeRequestOf('oidc-provisioner')).toMatchObject({
      issuer_url: expect.stringMatching(/^https:\/\/[^*]+$/),
    });
  });
});
