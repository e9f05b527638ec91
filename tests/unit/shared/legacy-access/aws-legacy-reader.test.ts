import { IAMClient } from '@aws-sdk/client-iam';
import { describe, expect, it } from '@jest/globals';
import { awsLegacyReader } from '../../../../shared/legacy-access/aws-legacy-reader.ts';
import { answerCalls, type SentCall } from '../../../support/fakes/aws-client.ts';
import { sdkError } from '../../../support/fakes/aws-errors.ts';
import { providerArn } from '../../../support/fakes/legacy-access.ts';

type Answers = Record<string, (input: SentCall['input']) => object>;

/** The reader with AWS answering by command; remembers what was sent. */
function reader(answers: Answers) {
  const sent: SentCall[] = [];
  const client = answerCalls(new IAMClient({ region: 'us-east-1' }), (call) => {
    sent.push(call);
    return answers[call.command]?.(call.input) ?? {};
  });
  return { legacy: awsLegacyReader(client), sent };
}

const throws = (code: string) => () => {
  throw sdkError(code);
};

const listed = (...arns: string[]) => ({
  ListOpenIDConnectProvidersCommand: () => ({ OpenIDConnectProviderList: arns.map((Arn) => ({ Arn })) }),
});

describe('the providers of an account', () => {
  it('are read with client ids, thumbprints and tags', async () => {
    const { legacy } = reader({
      ...listed(providerArn),
      GetOpenIDConnectProviderCommand: () => ({
        ClientIDList: ['openshift'],
        ThumbprintList: ['917e'],
        Tags: [{ Key: 'red-hat-managed', Value: 'true' }],
      }),
    });
    expect(await legacy.providers()).toEqual([
      {
        arn: providerArn,
        clientIds: ['openshift'],
        thumbprints: ['917e'],
        tags: { 'red-hat-managed': 'true' },
      },
    ]);
  });

  it('are read to the last of many', async () => {
    const arns = Array.from({ length: 23 }, (_, index) => `arn:${index}`);
    const providers = await reader(listed(...arns)).legacy.providers();
    expect(providers.map(({ arn }) => arn)).toEqual(arns);
  });

  it('leave out one that was deleted meanwhile', async () => {
    const { legacy } = reader({
      ...listed('arn:gone'),
      GetOpenIDConnectProviderCommand: throws('NoSuchEntityException'),
    });
    expect(await legacy.providers()).toEqual([]);
  });

  it.each([
    ['iam:ListOpenIDConnectProviders', { ListOpenIDConnectProvidersCommand: throws('AccessDenied') }],
    [
      'iam:GetOpenIDConnectProvider',
      { ...listed('arn:a'), GetOpenIDConnectProviderCommand: throws('AccessDenied') },
    ],
  ])('need %s', async (action, answers) => {
    await expect(reader(answers).legacy.providers()).rejects.toMatchObject({ action, failure: 'denied' });
  });
});

describe('the roles of an account', () => {
  const page = (name: string, policy: string, rest: object = {}) => ({
    Roles: [{ RoleName: name, Arn: `arn:${name}`, AssumeRolePolicyDocument: encodeURIComponent(policy) }],
    ...rest,
  });

  it('are read over all pages, their policies decoded', async () => {
    const { legacy, sent } = reader({
      ListRolesCommand: ({ Marker }) =>
        Marker ? page('second', '{"a": 100}') : page('first', '{}', { IsTruncated: true, Marker: 'next' }),
    });
    expect(await legacy.roles()).toEqual([
      { name: 'first', arn: 'arn:first', trustPolicy: '{}' },
      { name: 'second', arn: 'arn:second', trustPolicy: '{"a": 100}' },
    ]);
    expect(sent[0]?.input).toMatchObject({ MaxItems: 1000 });
  });

  it('keep a policy that is not encoded as it should be', async () => {
    const { legacy } = reader({
      ListRolesCommand: () => ({
        Roles: [{ RoleName: 'odd', Arn: 'arn:odd', AssumeRolePolicyDocument: '%' }],
      }),
    });
    expect(await legacy.roles()).toEqual([{ name: 'odd', arn: 'arn:odd', trustPolicy: '%' }]);
  });

  it('need iam:ListRoles', async () => {
    const { legacy } = reader({ ListRolesCommand: throws('AccessDenied') });
    await expect(legacy.roles()).rejects.toMatchObject({ action: 'iam:ListRoles', failure: 'denied' });
  });
});

describe('the tags of a role', () => {
  it('are read over all pages', async () => {
    const { legacy } = reader({
      ListRoleTagsCommand: ({ Marker }) =>
        Marker
          ? { Tags: [{ Key: 'b', Value: '2' }] }
          : { Tags: [{ Key: 'a', Value: '1' }], IsTruncated: true, Marker: 'next' },
    });
    expect(await legacy.roleTags('mine')).toEqual({ a: '1', b: '2' });
  });

  it('are none when the role was deleted meanwhile', async () => {
    const { legacy } = reader({ ListRoleTagsCommand: throws('NoSuchEntityException') });
    expect(await legacy.roleTags('gone')).toEqual({});
  });

  it('need iam:ListRoleTags', async () => {
    const { legacy } = reader({ ListRoleTagsCommand: throws('AccessDenied') });
    await expect(legacy.roleTags('mine')).rejects.toMatchObject({ action: 'iam:ListRoleTags' });
  });
});
