import {
  DeleteRolePermissionsBoundaryCommand,
  GetRoleCommand,
  type IAMClient,
  PutRolePermissionsBoundaryCommand,
} from '@aws-sdk/client-iam';
import { awsCall, unlessMissing } from '../aws/aws-call-error.ts';
import { decodedPolicy } from '../iam/decoded-policy.ts';
import type { AccessRole } from './access-role.ts';

/** The access role of the account of the client's credentials. */
export const awsAccessRole = (iam: IAMClient): AccessRole => ({
  describe: async (RoleName) => {
    const found = await unlessMissing(
      awsCall('iam:GetRole', () => iam.send(new GetRoleCommand({ RoleName }))),
    );
    if (!found?.Role) return undefined;
    const { AssumeRolePolicyDocument = '', PermissionsBoundary } = found.Role;
    return {
      trustPolicy: decodedPolicy(AssumeRolePolicyDocument),
      boundaryArn: PermissionsBoundary?.PermissionsBoundaryArn,
    };
  },
  bound: async (RoleName, PermissionsBoundary) => {
    if (PermissionsBoundary) {
      const command = new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary });
      await awsCall('iam:PutRolePermissionsBoundary', () => iam.send(command));
    } else {
      const command = new DeleteRolePermissionsBoundaryCommand({ RoleName });
      await unlessMissing(awsCall('iam:DeleteRolePermissionsBoundary', () => iam.send(command)));
    }
  },
});
