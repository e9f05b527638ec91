import { describe, expect, it } from '@jest/globals';
import { preparationHooks } from '../../../../shared/serverless/preparation-hooks.ts';
import type { Serverless } from '../../../../shared/serverless/serverless-api.ts';

const profile = 'arn:aws:signer:us-east-1:123456789012:/signing-profiles/one/0a1b2c3d4e';

/** The framework, as far as a deploy gets that is refused before it asks AWS anything. */
const serverlessWith = (parameters: Record<string, string>) =>
  ({
    classes: { Error },
    service: { custom: { sharedParameters: JSON.stringify(parameters) } },
  }) as unknown as Serverless;

describe('a deploy from the sources', () => {
  it('is refused where only signed code is taken, before anything is asked or changed', async () => {
    const hooks = preparationHooks(serverlessWith({ signingProfileVersionArns: profile }), {});
    await expect(hooks['before:aws:deploy:deploy:createStack']?.()).rejects.toThrow(
      /takes signed packages only.*Deploy a release of signed packages with rosactl/,
    );
  });
});
