import {
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  type IAMClient,
  paginateListPolicyVersions,
} from '@aws-sdk/client-iam';
import { awsCall, unlessMissing } from '../../shared/aws/aws-call-error.ts';
import { listing, told } from '../../shared/checks/listing.ts';
import { decodedPolicy } from '../../shared/iam/decoded-policy.ts';
import { unlessExisting } from './aws-users.ts';
import type { Policies, Policy } from './policies.ts';
import { tagsFrom, tagsIn } from './tags.ts';

async function documentOf(iam: IAMClient, PolicyArn: string, VersionId: string): Promise<string> {
  const action = 'iam:GetPolicyVersion';
  const command = new GetPolicyVersionCommand({ PolicyArn, VersionId });
  const { PolicyVersion } = told(action, await awsCall(action, () => iam.send(command)), 'PolicyVersion');
  return decodedPolicy(told(action, PolicyVersion, 'Document').Document);
}

async function find(iam: IAMClient, arn: string): Promise<Policy | undefined> {
  const action = 'iam:GetPolicy';
  const command = new GetPolicyCommand({ PolicyArn: arn });
  const found = await unlessMissing(awsCall(action, () => iam.send(command)));
  if (!found) return undefined;
  const { DefaultVersionId, Tags } = told(action, told(action, found, 'Policy').Policy, 'DefaultVersionId');
  const document = await unlessMissing(documentOf(iam, arn, DefaultVersionId));
  return document === undefined ? undefined : { arn, document, tags: tagsFrom(Tags) };
}

/** Takes away the versions that do not count. */
async function deleteOthers(iam: IAMClient, arn: string): Promise<void> {
  const action = 'iam:ListPolicyVersions';
  const versions = await listing(
    action,
    paginateListPolicyVersions({ client: iam }, { PolicyArn: arn }),
    (page) => page.Versions,
    (version) => told(action, version, 'VersionId', 'IsDefaultVersion'),
  );
  for (const { VersionId } of versions.filter((one) => !one.IsDefaultVersion)) {
    const command = new DeletePolicyVersionCommand({ PolicyArn: arn, VersionId });
    await unlessMissing(awsCall('iam:DeletePolicyVersion', () => iam.send(command)));
  }
}

/**
 * IAM's managed policies, of which five versions are kept at most.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-versioning.html
 */
export const awsPolicies = (iam: IAMClient): Policies => ({
  get: (arn) => find(iam, arn),

  create: ({ name, document, description, tags }) => {
    const command = new CreatePolicyCommand({
      PolicyName: name,
      PolicyDocument: document,
      Description: description,
      Tags: tagsIn(tags),
    });
    return unlessExisting(awsCall('iam:CreatePolicy', () => iam.send(command)));
  },

  change: async (arn, document) => {
    await deleteOthers(iam, arn);
    const command = new CreatePolicyVersionCommand({
      PolicyArn: arn,
      PolicyDocument: document,
      SetAsDefault: true,
    });
    await awsCall('iam:CreatePolicyVersion', () => iam.send(command));
  },

  // All other versions first: https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicy.html
  delete: async (arn) => {
    await unlessMissing(deleteOthers(iam, arn));
    const command = new DeletePolicyCommand({ PolicyArn: arn });
    await unlessMissing(awsCall('iam:DeletePolicy', () => iam.send(command)));
  },
});
