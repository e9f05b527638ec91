import {
  AddClientIDToOpenIDConnectProviderCommand,
  CreateOpenIDConnectProviderCommand,
  GetOpenIDConnectProviderCommand,
  type IAMClient,
  type Tag,
  TagOpenIDConnectProviderCommand,
  UpdateOpenIDConnectProviderThumbprintCommand,
} from '@aws-sdk/client-iam';
import { awsCall, unlessMissing } from '../../shared/aws/aws-call-error.ts';
import { told } from '../../shared/checks/listing.ts';

/** An OIDC provider as IAM knows it. */
export interface OidcProvider {
  /** SHA-1 thumbprints, 40 hexadecimal digits, lower case; at most 5. */
  thumbprints: string[];
  clientIds: string[];
  tags: Record<string, string>;
}

/**
 * The account's OIDC providers. Every call rejects with AwsCallError when AWS refuses it, `get` also with Undetermined
 * when the answer lacks the thumbprints.
 */
export interface OidcProviders {
  get(arn: string): Promise<OidcProvider | undefined>;
  create(issuerUrl: string, provider: OidcProvider): Promise<void>;
  /** Replaces the whole list: the API has no way to add one. */
  replaceThumbprints(arn: string, thumbprints: string[]): Promise<void>;
  /** Does nothing when the provider has the client id already. */
  addClientId(arn: string, clientId: string): Promise<void>;
  /** Sets these tags and leaves others as they are. */
  tag(arn: string, tags: Record<string, string>): Promise<void>;
}

const toTags = (tags: Record<string, string>): Tag[] =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

const fromTags = (tags: Tag[] = []): Record<string, string> =>
  Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value ?? '']));

/** The OIDC providers of the account that the client's credentials belong to. */
export const iamOidcProviders = (iam: IAMClient): OidcProviders => ({
  get: async (arn) => {
    const action = 'iam:GetOpenIDConnectProvider';
    const command = new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn });
    const provider = await unlessMissing(awsCall(action, () => iam.send(command)));
    if (!provider) return undefined;
    // A list that is replaced as a whole must be known as a whole: what is not told would be taken away.
    const { ThumbprintList } = told(action, provider, 'ThumbprintList');
    return {
      thumbprints: ThumbprintList.map((thumbprint) => thumbprint.toLowerCase()),
      clientIds: provider.ClientIDList ?? [],
      tags: fromTags(provider.Tags),
    };
  },

  create: async (issuerUrl, { thumbprints, clientIds, tags }) => {
    const command = new CreateOpenIDConnectProviderCommand({
      Url: issuerUrl,
      ClientIDList: clientIds,
      // Left out when empty: IAM then fetches the thumbprint itself.
      ...(thumbprints.length > 0 && { ThumbprintList: thumbprints }),
      Tags: toTags(tags),
    });
    await awsCall('iam:CreateOpenIDConnectProvider', () => iam.send(command));
  },

  replaceThumbprints: async (arn, thumbprints) => {
    const command = new UpdateOpenIDConnectProviderThumbprintCommand({
      OpenIDConnectProviderArn: arn,
      ThumbprintList: thumbprints,
    });
    await awsCall('iam:UpdateOpenIDConnectProviderThumbprint', () => iam.send(command));
  },

  addClientId: async (arn, clientId) => {
    const command = new AddClientIDToOpenIDConnectProviderCommand({
      OpenIDConnectProviderArn: arn,
      ClientID: clientId,
    });
    await awsCall('iam:AddClientIDToOpenIDConnectProvider', () => iam.send(command));
  },

  tag: async (arn, tags) => {
    const command = new TagOpenIDConnectProviderCommand({
      OpenIDConnectProviderArn: arn,
      Tags: toTags(tags),
    });
    await awsCall('iam:TagOpenIDConnectProvider', () => iam.send(command));
  },
});
