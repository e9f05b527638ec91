import { describe, expect, it } from '@jest/globals';
import { arn, fakeProviders, provision } from '../../../support/fakes/oidc-providers.ts';

describe('the name of the provider', () => {
  it.each([
    ['aws', 'arn:aws:iam::123456789012:oidc-provider/'],
    ['aws-us-gov', 'arn:aws-us-gov:iam::123456789012:oidc-provider/'],
    ['aws-cn', 'arn:aws-cn:iam::123456789012:oidc-provider/'],
  ])('has an ARN of the partition %s', async (partition, prefix) => {
    const providers = fakeProviders();
    const result = await provision(providers, { partition });
    expect(result.oidc_provider_arn).toBe(`${prefix}oidc.example.com/2f3a1c7e`);
    expect(providers.calls[0]).toEqual({ name: 'get', args: [result.oidc_provider_arn] });
  });

  it.each([
    ['https://OIDC.Example.COM/2f3a1c7e', 'oidc.example.com/2f3a1c7e'],
    ['https://oidc.example.com/Tenant-A/2F3A', 'oidc.example.com/Tenant-A/2F3A'],
    ['https://OIDC.example.com', 'oidc.example.com'],
    ['https://oidc.example.com/a/', 'oidc.example.com/a/'],
  ])('is, for %s, the lower-cased host with the path as it is', async (issuerUrl, name) => {
    const providers = fakeProviders();
    const result = await provision(providers, { request: { issuer_url: issuerUrl } });
    expect(result.oidc_provider_arn).toBe(`arn:aws:iam::123456789012:oidc-provider/${name}`);
    expect(providers.calls[1]).toMatchObject({
      name: 'create',
      args: [`https://${name}`, expect.anything()],
    });
  });

  it('is what the other tests expect', async () => {
    expect((await provision(fakeProviders())).oidc_provider_arn).toBe(arn);
  });
});
