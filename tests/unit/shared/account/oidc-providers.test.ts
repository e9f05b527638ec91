import { IAMClient } from '@aws-sdk/client-iam';
import { describe, expect, it } from '@jest/globals';
import { rosaOidcProviders } from '../../../../shared/account/oidc-providers.ts';
import { answerCalls, type SentCall } from '../../../support/fakes/aws-client.ts';
import { sdkError } from '../../../support/fakes/aws-errors.ts';

const arn = (name: string) => `arn:aws:iam::123456789012:oidc-provider/oidc.example.com/${name}`;
const red = { Key: 'red-hat-managed', Value: 'true' };
const cluster = { Key: 'rosa_cluster_id', Value: 'one' };

/** An account with these providers by their tags; an error is what asking for one gives. */
function providers(tags: Record<string, object[] | Error>) {
  const sent: SentCall[] = [];
  const iam = answerCalls(new IAMClient({ region: 'us-east-1' }), (call) => {
    sent.push(call);
    if (call.command === 'ListOpenIDConnectProvidersCommand') {
      return { OpenIDConnectProviderList: Object.keys(tags).map((name) => ({ Arn: arn(name) })) };
    }
    const asked = Object.entries(tags).find(([name]) => arn(name) === call.input.OpenIDConnectProviderArn);
    if (asked?.[1] instanceof Error) throw asked[1];
    return { Tags: asked?.[1] };
  });
  return { sent, ...rosaOidcProviders(iam) };
}

describe('the OIDC providers of ROSA clusters', () => {
  it('carry both tags; all others are left out', async () => {
    const { list } = providers({
      one: [red, cluster],
      two: [cluster, red, { Key: 'mine', Value: 'too' }],
      'without a cluster': [red],
      'of somebody else': [{ Key: 'rosa_cluster_id', Value: 'one' }],
      github: [],
    });
    expect(await list()).toEqual([arn('one'), arn('two')]);
  });

  it('are none in an account without any', async () => {
    expect(await providers({}).list()).toEqual([]);
  });

  it('do not include one that is gone while they are listed', async () => {
    const { list } = providers({ one: [red, cluster], two: sdkError('NoSuchEntityException') });
    expect(await list()).toEqual([arn('one')]);
  });

  it('are not guessed when AWS does not tell the tags of one', async () => {
    const { list } = providers({ one: [red, cluster], two: sdkError('AccessDenied') });
    await expect(list()).rejects.toMatchObject({
      action: 'iam:GetOpenIDConnectProvider',
      failure: 'denied',
    });
  });
});

describe('removing one', () => {
  it('removes that one alone', async () => {
    const { remove, sent } = providers({ one: [], two: [] });
    await remove(arn('one'));
    expect(sent.map(({ command, input }) => [command, input])).toEqual([
      ['DeleteOpenIDConnectProviderCommand', { OpenIDConnectProviderArn: arn('one') }],
    ]);
  });

  it('is done when it is gone already', async () => {
    const { remove } = providers({ one: sdkError('NoSuchEntityException') });
    await expect(remove(arn('one'))).resolves.toBeUndefined();
  });

  it('fails when AWS refuses', async () => {
    const { remove } = providers({ one: sdkError('AccessDenied') });
    await expect(remove(arn('one'))).rejects.toMatchObject({ action: 'iam:DeleteOpenIDConnectProvider' });
  });
});
