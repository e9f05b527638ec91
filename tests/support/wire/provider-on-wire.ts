import { dependencies } from '../../../functions/oidc-provisioner/dependencies.ts';
import type { OidcProvider } from '../../../functions/oidc-provisioner/oidc-providers.ts';
import { measure, provisionOidc } from '../../../functions/oidc-provisioner/provision-oidc.ts';
import type { OidcProvisionerRequest } from '../../../schemas/generated/oidc-provisioner-request.js';
import { validate as isRequest } from '../../../schemas/generated/oidc-provisioner-request.js';
import type { OidcProvisionerResult } from '../../../schemas/generated/oidc-provisioner-result.js';
import { validate as isResult } from '../../../schemas/generated/oidc-provisioner-result.js';
import { operation } from '../../../shared/operation/operation.ts';
import { notComputed } from '../fakes/oidc-providers.ts';
import { lambdaContext } from '../lambda-context.ts';
import { type Answers, FakeAws, Refusal } from './fake-aws.ts';

/** The texts of a list in a form: `ThumbprintList.member.1` and so on. */
const membersOf = (input: Record<string, string>, list: string): string[] =>
  Object.entries(input).flatMap(([key, value]) => (key.startsWith(`${list}.member.`) ? value : []));

/** The tags of a form: `Tags.member.1.Key` and `Tags.member.1.Value`. */
const tagsOf = (input: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(input).flatMap(([key, value]) =>
      key.endsWith('.Key') ? [[value, input[key.replace(/Key$/, 'Value')] ?? '']] : [],
    ),
  );

/** The provisioner as it is deployed, handler and all, with an IAM of at most one provider at the far end. */
export interface ProvisionerOnWire {
  aws: FakeAws;
  /** The provider there is; set it to begin with another one. */
  stored?: OidcProvider;
  /** Invokes the handler; rejects when that does. @param remainingMs until Lambda would end it */
  provision(request: OidcProvisionerRequest, remainingMs?: number): Promise<OidcProvisionerResult>;
}

/** IAM's answers about the provider in `holder`, which changes do change. */
function answersAbout(holder: { stored?: OidcProvider }): Answers {
  const present = (): OidcProvider => {
    if (!holder.stored) throw new Refusal('NoSuchEntity', 404);
    return holder.stored;
  };
  return {
    'iam:GetOpenIDConnectProvider': () => {
      const { thumbprints, clientIds, tags } = present();
      const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
      return { Url: 'oidc.example.com/2f3a1c7e', ThumbprintList: thumbprints, ClientIDList: clientIds, Tags };
    },
    'iam:CreateOpenIDConnectProvider': (input) => {
      if (holder.stored) throw new Refusal('EntityAlreadyExists', 409);
      const [thumbprints, clientIds] = [membersOf(input, 'ThumbprintList'), membersOf(input, 'ClientIDList')];
      holder.stored = { thumbprints, clientIds, tags: tagsOf(input) };
      return {};
    },
    'iam:UpdateOpenIDConnectProviderThumbprint': (input) => {
      holder.stored = { ...present(), thumbprints: membersOf(input, 'ThumbprintList') };
      return {};
    },
    'iam:AddClientIDToOpenIDConnectProvider': ({ ClientID = '' }) => {
      holder.stored = { ...present(), clientIds: [...new Set([...present().clientIds, ClientID])] };
      return {};
    },
    'iam:TagOpenIDConnectProvider': (input) => {
      holder.stored = { ...present(), tags: { ...present().tags, ...tagsOf(input) } };
      return {};
    },
  };
}

export async function provisionerOnWire(): Promise<ProvisionerOnWire> {
  const holder: { stored?: OidcProvider } = {};
  const aws = new FakeAws(answersAbout(holder));
  const handler = await operation({
    name: 'oidc-provisioner',
    environment: { ROSA_VERSION: '1.2.3', ROSA_TRACING: false },
    request: isRequest,
    result: isResult,
    dependencies: (instrument) => {
      const real = dependencies(aws.seenBy(instrument));
      return {
        ...real,
        thumbprints: async () => notComputed,
        retryPolicy: { ...real.retryPolicy, sleep: async () => {} },
      };
    },
    run: provisionOidc,
    measure,
  });
  return Object.assign(holder, {
    aws,
    provision: (request: OidcProvisionerRequest, remainingMs = 60_000) =>
      handler(request, lambdaContext({ getRemainingTimeInMillis: () => remainingMs })),
  });
}
