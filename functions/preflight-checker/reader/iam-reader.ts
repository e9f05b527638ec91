import {
  GetAccountSummaryCommand,
  GetOpenIDConnectProviderCommand,
  GetRoleCommand,
  type IAMClient,
  ListOpenIDConnectProvidersCommand,
  paginateListAttachedRolePolicies,
  type Tag,
} from '@aws-sdk/client-iam';
import { awsCall, unlessMissing } from '../../../shared/aws/aws-call-error.ts';
import { Undetermined } from '../../../shared/checks/check.ts';
import { listing, told } from '../../../shared/checks/listing.ts';
import { decodedPolicy } from '../../../shared/iam/decoded-policy.ts';
import type { AccountReader } from '../account-reader.ts';
import { pageSize } from './listing.ts';

type IamReader = Pick<
  AccountReader,
  'iamSummary' | 'oidcProviderCount' | 'oidcProvider' | 'role' | 'attachedPolicies'
>;

const tagsIn = (tags: Tag[] = []): Record<string, string> =>
  Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value ?? '']));

/** What IAM has. */
export const iamReader = (iam: IAMClient): IamReader => ({
  iamSummary: async () => {
    const output = await awsCall('iam:GetAccountSummary', () => iam.send(new GetAccountSummaryCommand({})));
    if (!output.SummaryMap)
      throw new Undetermined('value_absent', 'IAM does not tell the counts of the account');
    return output.SummaryMap;
  },

  oidcProviderCount: async () => {
    // Not paginated: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOpenIDConnectProviders.html
    const output = await awsCall('iam:ListOpenIDConnectProviders', () =>
      iam.send(new ListOpenIDConnectProvidersCommand({})),
    );
    return output.OpenIDConnectProviderList?.length;
  },

  oidcProvider: async (arn) => {
    const command = new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn });
    const found = await unlessMissing(awsCall('iam:GetOpenIDConnectProvider', () => iam.send(command)));
    return found && { clientIds: found.ClientIDList, tags: tagsIn(found.Tags) };
  },

  role: async (name) => {
    const command = new GetRoleCommand({ RoleName: name });
    const found = await unlessMissing(awsCall('iam:GetRole', () => iam.send(command)));
    if (!found) return undefined;
    if (!found.Role) throw new Undetermined('value_absent', `IAM answered without the role ${name}`);
    const { Arn: arn, Tags, PermissionsBoundary } = found.Role;
    const { AssumeRolePolicyDocument } = told('iam:GetRole', found.Role, 'AssumeRolePolicyDocument');
    return {
      name,
      arn,
      tags: tagsIn(Tags),
      trustPolicy: decodedPolicy(AssumeRolePolicyDocument),
      permissionsBoundary: PermissionsBoundary?.PermissionsBoundaryArn,
    };
  },

  attachedPolicies: (RoleName) => {
    const action = 'iam:ListAttachedRolePolicies';
    const pages = paginateListAttachedRolePolicies({ client: iam, pageSize }, { RoleName });
    return unlessMissing(
      listing(
        action,
        pages,
        (page) => page.AttachedPolicies,
        (policy) => told(action, policy, 'PolicyArn').PolicyArn,
      ),
    );
  },
});
