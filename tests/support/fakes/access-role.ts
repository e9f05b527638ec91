import { type AccessRole, accessRoleActions } from '../../../shared/customer-stack/access-role.ts';
import type { ExecutionRoles } from '../../../shared/status/role.ts';
import { type Recorded, recorded } from './recorded.ts';

export const clmRoleArn = 'arn:aws:iam::111122223333:role/CLMServiceRole';
export const externalId = 'rosa-lambda-access:123456789012';

/** What a stack tells of itself when the platform assumes a role. */
export const assumed = { clmAuthentication: 'assume-role', clmRoleArn, clmExternalId: externalId };

/** A trust policy that lets in the platform's role with the external id; what is given takes the place of its parts. */
export const trustPolicy = (differences: object = {}): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: clmRoleArn },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'sts:ExternalId': externalId } },
        ...differences,
      },
    ],
  });

type Described = NonNullable<Awaited<ReturnType<AccessRole['describe']>>>;

/** The role as the stack makes it, or as it is given; it keeps its boundary. */
export function fakeAccessRole(
  role: Described | undefined = { trustPolicy: trustPolicy() },
): Recorded<AccessRole> {
  let boundaryArn = role?.boundaryArn;
  return recorded<AccessRole>({
    describe: async () => role && { ...role, boundaryArn },
    bound: async (_name, arn) => {
      boundaryArn = arn;
    },
  });
}

/** A reader of roles that all may do what the access role may, or what is given. */
export const accessRolePermissions = (actions = accessRoleActions): Recorded<ExecutionRoles> =>
  recorded<ExecutionRoles>({
    permissions: async () => ({ inline: [{ name: 'InvokeProd', actions }], managed: [] }),
  });
