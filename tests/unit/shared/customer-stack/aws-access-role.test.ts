import { IAMClient } from '@aws-sdk/client-iam';
import { describe, expect, it } from '@jest/globals';
import { awsAccessRole } from '../../../../shared/customer-stack/aws-access-role.ts';
import { trustPolicy } from '../../../support/fakes/access-role.ts';
import { answerCalls, type SentCall } from '../../../support/fakes/aws-client.ts';
import { sdkError } from '../../../support/fakes/aws-errors.ts';

const name = 'RosaRegionalPlatformAccess-us-east-1';
const boundary = 'arn:aws:iam::aws:policy/AWSDenyAll';

/** The role as IAM answers each call, and what was called. */
function role(answer: object | Error) {
  const sent: SentCall[] = [];
  const iam = answerCalls(new IAMClient({ region: 'us-east-1' }), (call) => {
    sent.push(call);
    if (answer instanceof Error) throw answer;
    return answer;
  });
  return { accessRole: awsAccessRole(iam), sent };
}

describe('the access role', () => {
  it('is described by whom it trusts and what bounds it', async () => {
    const Role = {
      AssumeRolePolicyDocument: encodeURIComponent(trustPolicy()),
      PermissionsBoundary: { PermissionsBoundaryArn: boundary },
    };
    expect(await role({ Role }).accessRole.describe(name)).toEqual({
      trustPolicy: trustPolicy(),
      boundaryArn: boundary,
    });
  });

  it('may not be there', async () => {
    const { accessRole } = role(sdkError('NoSuchEntityException'));
    expect(await accessRole.describe(name)).toBeUndefined();
    await accessRole.bound(name, undefined);
  });

  it('gets a boundary, or loses it', async () => {
    const { accessRole, sent } = role({});
    await accessRole.bound(name, boundary);
    await accessRole.bound(name, undefined);
    expect(sent.map(({ command, input }) => [command, input])).toEqual([
      ['PutRolePermissionsBoundaryCommand', { RoleName: name, PermissionsBoundary: boundary }],
      ['DeleteRolePermissionsBoundaryCommand', { RoleName: name }],
    ]);
  });

  it.each([
    ['iam:GetRole', (accessRole: ReturnType<typeof awsAccessRole>) => accessRole.describe(name)],
    ['iam:PutRolePermissionsBoundary', (accessRole) => accessRole.bound(name, boundary)],
    ['iam:DeleteRolePermissionsBoundary', (accessRole) => accessRole.bound(name, undefined)],
  ] satisfies [string, (accessRole: ReturnType<typeof awsAccessRole>) => Promise<unknown>][])(
    'needs %s',
    async (action, call) => {
      const { accessRole } = role(sdkError('AccessDenied'));
      await expect(call(accessRole)).rejects.toMatchObject({ action, failure: 'denied' });
    },
  );
});
