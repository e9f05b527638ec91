import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteUserCommand,
  DetachUserPolicyCommand,
  GetUserCommand,
  type IAMClient,
  paginateListAccessKeys,
  paginateListAttachedUserPolicies,
  paginateListUsers,
  TagUserCommand,
} from '@aws-sdk/client-iam';
import { AwsCallError, awsCall, unlessMissing } from '../../shared/aws/aws-call-error.ts';
import { listing, told } from '../../shared/checks/listing.ts';
import { tagsFrom, tagsIn } from './tags.ts';
import type { Users } from './users.ts';

/** Clients of IAM in one account. */
export interface IamClients {
  iam: IAMClient;
  /** One that tries once: a second try would make a second access key. */
  creating: IAMClient;
}

/** `exists` when AWS says so. */
export const unlessExisting = (call: Promise<unknown>): Promise<'created' | 'exists'> =>
  call.then(
    () => 'created',
    (error: unknown) => {
      if (error instanceof AwsCallError && error.failure === 'exists') return 'exists';
      throw error;
    },
  );

async function createKey(creating: IAMClient, name: string) {
  const action = 'iam:CreateAccessKey';
  const command = new CreateAccessKeyCommand({ UserName: name });
  const output = await awsCall(action, () => creating.send(command));
  const { AccessKey } = told(action, output, 'AccessKey');
  const { AccessKeyId: id, SecretAccessKey: secret } = told(
    action,
    AccessKey,
    'AccessKeyId',
    'SecretAccessKey',
  );
  return { outcome: 'created' as const, key: { id, secret } };
}

/** IAM's users. https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html */
export const awsUsers = ({ iam, creating }: IamClients): Users => ({
  get: async (name) => {
    const action = 'iam:GetUser';
    const found = await unlessMissing(
      awsCall(action, () => iam.send(new GetUserCommand({ UserName: name }))),
    );
    if (!found) return undefined;
    const { Arn, Tags } = told(action, told(action, found, 'User').User, 'Arn');
    return { name, arn: Arn, tags: tagsFrom(Tags) };
  },

  names: () =>
    listing(
      'iam:ListUsers',
      paginateListUsers({ client: iam }, {}),
      (page) => page.Users,
      (user) => told('iam:ListUsers', user, 'UserName').UserName,
    ),

  create: ({ name, tags }) => {
    const command = new CreateUserCommand({ UserName: name, Tags: tagsIn(tags) });
    return unlessExisting(awsCall('iam:CreateUser', () => iam.send(command)));
  },

  delete: async (name) => {
    const command = new DeleteUserCommand({ UserName: name });
    await unlessMissing(awsCall('iam:DeleteUser', () => iam.send(command)));
  },

  tag: async (name, tags) => {
    const command = new TagUserCommand({ UserName: name, Tags: tagsIn(tags) });
    await awsCall('iam:TagUser', () => iam.send(command));
  },

  policies: (name) =>
    listing(
      'iam:ListAttachedUserPolicies',
      paginateListAttachedUserPolicies({ client: iam }, { UserName: name }),
      (page) => page.AttachedPolicies,
      (policy) => told('iam:ListAttachedUserPolicies', policy, 'PolicyArn').PolicyArn,
    ),

  attachPolicy: async (name, policyArn) => {
    const command = new AttachUserPolicyCommand({ UserName: name, PolicyArn: policyArn });
    await awsCall('iam:AttachUserPolicy', () => iam.send(command));
  },

  detachPolicy: async (name, policyArn) => {
    const command = new DetachUserPolicyCommand({ UserName: name, PolicyArn: policyArn });
    await unlessMissing(awsCall('iam:DetachUserPolicy', () => iam.send(command)));
  },

  keys: (name) =>
    listing(
      'iam:ListAccessKeys',
      paginateListAccessKeys({ client: iam }, { UserName: name }),
      (page) => page.AccessKeyMetadata,
      (key) => {
        const {
          AccessKeyId: id,
          Status,
          CreateDate: createdAt,
        } = told('iam:ListAccessKeys', key, 'AccessKeyId', 'Status', 'CreateDate');
        return { id, active: Status === 'Active', createdAt };
      },
    ),

  createKey: (name) =>
    createKey(creating, name).catch((error: unknown) => {
      if (error instanceof AwsCallError && error.failure === 'limit') return { outcome: 'limit' as const };
      throw error;
    }),

  deleteKey: async (name, keyId) => {
    const command = new DeleteAccessKeyCommand({ UserName: name, AccessKeyId: keyId });
    await unlessMissing(awsCall('iam:DeleteAccessKey', () => iam.send(command)));
  },
});
