import {
  GetOpenIDConnectProviderCommand,
  type IAMClient,
  ListOpenIDConnectProvidersCommand,
  paginateListRoles,
  paginateListRoleTags,
  type Tag,
} from '@aws-sdk/client-iam';
import { awsCall, unlessMissing } from '../aws/aws-call-error.ts';
import { collect } from '../aws/collect.ts';
import { decodedPolicy } from '../iam/decoded-policy.ts';
import type { LegacyReader, OidcProvider } from './legacy-facts.ts';

/** The most that one page of roles can have: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html */
const rolesPerPage = 1_000;

/** Providers looked at together: an account may have hundreds, and IAM throttles. */
const atOnce = 10;

const tagsIn = (tags: Tag[] = []): Record<string, string> =>
  Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value ?? '']));

/** A provider; undefined when it was deleted after it was listed. */
async function providerOf(iam: IAMClient, arn: string): Promise<OidcProvider | undefined> {
  const command = new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn });
  const found = await unlessMissing(awsCall('iam:GetOpenIDConnectProvider', () => iam.send(command)));
  if (!found) return undefined;
  const { ClientIDList: clientIds = [], ThumbprintList: thumbprints = [], Tags } = found;
  return { arn, clientIds, thumbprints, tags: tagsIn(Tags) };
}

/** Reads the account of the client's credentials. */
export const awsLegacyReader = (iam: IAMClient): LegacyReader => ({
  providers: async () => {
    // Not paginated: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOpenIDConnectProviders.html
    const listed = await awsCall('iam:ListOpenIDConnectProviders', () =>
      iam.send(new ListOpenIDConnectProvidersCommand({})),
    );
    const arns = (listed.OpenIDConnectProviderList ?? []).flatMap(({ Arn }) => Arn ?? []);
    const providers: OidcProvider[] = [];
    for (let next = 0; next < arns.length; next += atOnce) {
      const some = arns.slice(next, next + atOnce).map((arn) => providerOf(iam, arn));
      providers.push(...(await Promise.all(some)).flatMap((provider) => provider ?? []));
    }
    return providers;
  },

  roles: async () => {
    const pages = paginateListRoles({ client: iam, pageSize: rolesPerPage }, {});
    const roles = await collect('iam:ListRoles', pages, ({ Roles }) => Roles);
    return roles.map(({ RoleName = '', Arn = '', AssumeRolePolicyDocument = '' }) => ({
      name: RoleName,
      arn: Arn,
      trustPolicy: decodedPolicy(AssumeRolePolicyDocument),
    }));
  },

  roleTags: async (name) => {
    const pages = paginateListRoleTags({ client: iam }, { RoleName: name });
    return tagsIn(await unlessMissing(collect('iam:ListRoleTags', pages, ({ Tags }) => Tags)));
  },
});
