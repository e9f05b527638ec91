import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  type IAMClient,
  paginateListAttachedRolePolicies,
  paginateListRoles,
} from '@aws-sdk/client-iam';
import { awsCall, unlessMissing } from '../../shared/aws/aws-call-error.ts';
import { listing, told } from '../../shared/checks/listing.ts';
import { unlessExisting } from './aws-users.ts';
import type { Roles } from './roles.ts';
import { tagsFrom, tagsIn } from './tags.ts';

/** Where AWS services keep their own: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html */
const ofServices = '/aws-service-role/';

/** IAM's roles. https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
export const awsRoles = (iam: IAMClient): Roles => ({
  get: async (name) => {
    const action = 'iam:GetRole';
    const found = await unlessMissing(
      awsCall(action, () => iam.send(new GetRoleCommand({ RoleName: name }))),
    );
    if (!found) return undefined;
    const { Arn, RoleId, Tags } = told(action, told(action, found, 'Role').Role, 'Arn', 'RoleId');
    return { name, arn: Arn, id: RoleId, tags: tagsFrom(Tags) };
  },

  names: async () => {
    const action = 'iam:ListRoles';
    const roles = await listing(
      action,
      paginateListRoles({ client: iam }, {}),
      (page) => page.Roles,
      (role) => told(action, role, 'RoleName', 'Path'),
    );
    return roles.filter(({ Path }) => !Path.startsWith(ofServices)).map(({ RoleName }) => RoleName);
  },

  create: ({ name, trustPolicy, description, tags }) => {
    const command = new CreateRoleCommand({
      RoleName: name,
      AssumeRolePolicyDocument: trustPolicy,
      ...(description && { Description: description }),
      Tags: tagsIn(tags),
    });
    return unlessExisting(awsCall('iam:CreateRole', () => iam.send(command)));
  },

  delete: async (name) => {
    const command = new DeleteRoleCommand({ RoleName: name });
    await unlessMissing(awsCall('iam:DeleteRole', () => iam.send(command)));
  },

  policies: (name) =>
    listing(
      'iam:ListAttachedRolePolicies',
      paginateListAttachedRolePolicies({ client: iam }, { RoleName: name }),
      (page) => page.AttachedPolicies,
      (policy) => told('iam:ListAttachedRolePolicies', policy, 'PolicyArn').PolicyArn,
    ),

  attachPolicy: async (name, policyArn) => {
    const command = new AttachRolePolicyCommand({ RoleName: name, PolicyArn: policyArn });
    await awsCall('iam:AttachRolePolicy', () => iam.send(command));
  },

  detachPolicy: async (name, policyArn) => {
    const command = new DetachRolePolicyCommand({ RoleName: name, PolicyArn: policyArn });
    await unlessMissing(awsCall('iam:DetachRolePolicy', () => iam.send(command)));
  },
});
