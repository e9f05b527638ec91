import { describe, expect, it } from '@jest/globals';
import { dependencies } from '../../../../functions/oidc-provisioner/dependencies.ts';
import type { OidcProviders } from '../../../../functions/oidc-provisioner/oidc-providers.ts';
import { answerCalls, type SentCall } from '../../../support/fakes/aws-client.ts';
import { sdkError } from '../../../support/fakes/aws-errors.ts';
import { arn, provider, provision, thumbprint } from '../../../support/fakes/oidc-providers.ts';

/** The providers as deployed, with IAM answering every call alike; remembers what was sent. */
function iam(answer: (call: SentCall) => object, partition = 'aws') {
  const sent: SentCall[] = [];
  const remember = (call: SentCall) => {
    sent.push(call);
    return answer(call);
  };
  return { providers: dependencies((client) => answerCalls(client, remember)).providersIn(partition), sent };
}

const refuses = (code: string) =>
  iam(() => {
    throw sdkError(code);
  }).providers;

describe('reading a provider', () => {
  it('gives thumbprints in lower case, client ids and tags', async () => {
    const { providers } = iam(() => ({
      ThumbprintList: [thumbprint.toUpperCase()],
      ClientIDList: ['openshift', 'sts.amazonaws.com'],
      Tags: [
        { Key: 'red-hat-managed', Value: 'true' },
        { Key: 'rosa_cluster_id', Value: '2f3a1c7e' },
      ],
    }));
    expect(await providers.get(arn)).toEqual(provider());
  });

  it('gives no client ids and tags where IAM leaves them out', async () => {
    const { providers } = iam(() => ({ ThumbprintList: [] }));
    expect(await providers.get(arn)).toEqual({ thumbprints: [], clientIds: [], tags: {} });
  });

  it('does not take thumbprints that IAM leaves out for none: their list is replaced as a whole', async () => {
    await expect(iam(() => ({})).providers.get(arn)).rejects.toMatchObject({ reason: 'value_absent' });
  });

  it('gives none when there is none', async () => {
    expect(await refuses('NoSuchEntityException').get(arn)).toBeUndefined();
  });
});

describe('writing a provider', () => {
  const sentBy = async (write: (providers: OidcProviders) => Promise<void>) => {
    const { providers, sent } = iam(() => ({}));
    await write(providers);
    return sent.map(({ command, input }) => ({ command, input }));
  };

  it('makes it with all it shall have', async () => {
    const [call] = await sentBy((providers) => providers.create('https://oidc.example.com/a', provider()));
    expect(call).toEqual({
      command: 'CreateOpenIDConnectProviderCommand',
      input: {
        Url: 'https://oidc.example.com/a',
        ClientIDList: ['openshift', 'sts.amazonaws.com'],
        ThumbprintList: [thumbprint],
        Tags: [
          { Key: 'red-hat-managed', Value: 'true' },
          { Key: 'rosa_cluster_id', Value: '2f3a1c7e' },
        ],
      },
    });
  });

  it('sends no list of thumbprints rather than an empty one, so that IAM finds them itself', async () => {
    const bare = provider({ thumbprints: [] });
    const [call] = await sentBy((providers) => providers.create('https://oidc.example.com/a', bare));
    expect(call?.input).not.toHaveProperty('ThumbprintList');
  });

  it('replaces thumbprints, adds a client id and sets tags by the calls that do just that', async () => {
    const calls = await sentBy(async (providers) => {
      await providers.replaceThumbprints(arn, [thumbprint]);
      await providers.addClientId(arn, 'openshift');
      await providers.tag(arn, { owner: 'me' });
    });
    const OpenIDConnectProviderArn = arn;
    expect(calls).toEqual([
      {
        command: 'UpdateOpenIDConnectProviderThumbprintCommand',
        input: { OpenIDConnectProviderArn, ThumbprintList: [thumbprint] },
      },
      {
        command: 'AddClientIDToOpenIDConnectProviderCommand',
        input: { OpenIDConnectProviderArn, ClientID: 'openshift' },
      },
      {
        command: 'TagOpenIDConnectProviderCommand',
        input: { OpenIDConnectProviderArn, Tags: [{ Key: 'owner', Value: 'me' }] },
      },
    ]);
  });
});

describe('a refused call', () => {
  it.each<[string, (providers: OidcProviders) => Promise<unknown>]>([
    ['iam:GetOpenIDConnectProvider', (providers) => providers.get(arn)],
    ['iam:CreateOpenIDConnectProvider', (providers) => providers.create('https://a', provider())],
    ['iam:UpdateOpenIDConnectProviderThumbprint', (providers) => providers.replaceThumbprints(arn, [])],
    ['iam:AddClientIDToOpenIDConnectProvider', (providers) => providers.addClientId(arn, 'a')],
    ['iam:TagOpenIDConnectProvider', (providers) => providers.tag(arn, {})],
  ])('names %s', async (action, call) => {
    await expect(call(refuses('AccessDenied'))).rejects.toMatchObject({ action, failure: 'denied' });
  });
});

describe('the IAM that is called', () => {
  it.each([
    ['aws', 'iam.amazonaws.com'],
    ['aws-us-gov', 'iam.us-gov.amazonaws.com'],
    ['aws-cn', 'iam.cn-north-1.amazonaws.com.cn'],
  ])('is, in partition %s, %s for every call about a provider of that partition', async (partition, host) => {
    const { providers, sent } = iam(() => ({ ThumbprintList: [] }), partition);
    const { oidc_provider_arn } = await provision(providers, { partition });
    expect(sent.map((call) => call.host)).toEqual(Array(5).fill(host));
    expect(new Set(sent.map(({ input }) => input.OpenIDConnectProviderArn))).toEqual(
      new Set([oidc_provider_arn]),
    );
    expect(oidc_provider_arn.split(':')[1]).toBe(partition);
  });

  it.each(['aws', 'aws-us-gov', 'aws-cn'])('makes a provider in partition %s', async (partition) => {
    const { providers, sent } = iam(({ command }) => {
      if (command === 'GetOpenIDConnectProviderCommand') throw sdkError('NoSuchEntityException');
      return {};
    }, partition);
    expect(await provision(providers, { partition })).toMatchObject({ status: 'created' });
    expect(sent).toHaveLength(2);
  });
});
