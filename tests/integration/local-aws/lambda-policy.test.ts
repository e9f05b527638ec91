import {
  AddPermissionCommand,
  CreateAliasCommand,
  GetAliasCommand,
  GetFunctionCommand,
  GetPolicyCommand,
  PublishVersionCommand,
  RemovePermissionCommand,
  UpdateAliasCommand,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../../local-aws/local-aws.ts';
import {
  assume,
  type Clients,
  clientsFor,
  createFunction,
  createRole,
  invoke,
  OTHER_ACCOUNT,
} from './support.ts';

const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:shared';
const CALLER = `arn:aws:iam::${OTHER_ACCOUNT}:role/clm`;

let aws: LocalAws;
let owner: Clients;
let stranger: Clients;

beforeAll(async () => {
  aws = await startLocalAws();
  owner = clientsFor(aws);
  const role = await createRole(owner, 'function-role');
  await createFunction(owner, { name: 'shared', role, code: 'export const handler = () => "one";' });
  await owner.lambda.send(new PublishVersionCommand({ FunctionName: 'shared' }));
  await owner.lambda.send(
    new CreateAliasCommand({ FunctionName: 'shared', Name: 'prod', FunctionVersion: '1' }),
  );
  stranger = clientsFor(aws, await assume(owner, CALLER));
});
afterAll(() => aws.close());

const allowAlias = (StatementId = 'AllowClm') =>
  owner.lambda.send(
    new AddPermissionCommand({
      FunctionName: 'shared',
      Qualifier: 'prod',
      StatementId,
      Action: 'lambda:InvokeFunction',
      Principal: CALLER,
    }),
  );
const policyOf = async (Qualifier?: string) =>
  JSON.parse(
    (await owner.lambda.send(new GetPolicyCommand({ FunctionName: 'shared', Qualifier }))).Policy ?? '',
  );

describe('a caller of another account', () => {
  it('is refused without a statement', async () => {
    await expect(invoke(stranger, `${ARN}:prod`)).rejects.toMatchObject({
      name: 'AccessDeniedException',
      $metadata: { httpStatusCode: 403 },
      message: `User: arn:aws:sts::${OTHER_ACCOUNT}:assumed-role/clm/test is not authorized to perform: lambda:InvokeFunction on resource: ${ARN}:prod because no resource-based policy allows the lambda:InvokeFunction action`,
    });
  });

  it('is let in on the alias alone once the alias has a statement', async () => {
    await allowAlias();
    expect((await invoke(stranger, `${ARN}:prod`)).json).toBe('one');
    for (const closed of [ARN, `${ARN}:1`, `${ARN}:$LATEST`]) {
      await expect(invoke(stranger, closed)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    }
  });

  it('cannot look at the function', async () => {
    const looking = stranger.lambda.send(new GetFunctionCommand({ FunctionName: ARN }));
    await expect(looking).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});

describe('the policies of a function and its alias', () => {
  it('are kept apart and name a role as AWS does', async () => {
    const { Statement } = await policyOf('prod');
    expect(Statement).toMatchObject([
      { Sid: 'AllowClm', Effect: 'Allow', Principal: { AWS: CALLER }, Resource: `${ARN}:prod` },
    ]);
    await expect(policyOf()).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'The resource you requested does not exist.',
    });
  });

  it('refuse a second statement with the same id', async () => {
    await expect(allowAlias()).rejects.toMatchObject({
      name: 'ResourceConflictException',
      $metadata: { httpStatusCode: 409 },
    });
  });

  it('lose a statement only on its own qualifier', async () => {
    const remove = (Qualifier?: string) =>
      owner.lambda.send(
        new RemovePermissionCommand({ FunctionName: 'shared', StatementId: 'AllowClm', Qualifier }),
      );
    await expect(remove()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await remove('prod');
    await expect(policyOf('prod')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('give an unqualified statement the function ARN itself', async () => {
    await owner.lambda.send(
      new AddPermissionCommand({
        FunctionName: 'shared',
        StatementId: 'Bucket',
        Action: 'lambda:InvokeFunction',
        Principal: 's3.amazonaws.com',
      }),
    );
    const { Statement } = await policyOf();
    expect(Statement).toMatchObject([{ Principal: { Service: 's3.amazonaws.com' }, Resource: ARN }]);
  });
});

describe('moving an alias', () => {
  it('needs the newest revision id when one is given, and makes a new one', async () => {
    const before = await owner.lambda.send(new GetAliasCommand({ FunctionName: 'shared', Name: 'prod' }));
    const update = (RevisionId?: string) =>
      owner.lambda.send(
        new UpdateAliasCommand({ FunctionName: 'shared', Name: 'prod', Description: 'x', RevisionId }),
      );
    const after = await update(before.RevisionId);
    expect(after.RevisionId).not.toBe(before.RevisionId);
    await expect(update(before.RevisionId)).rejects.toMatchObject({
      name: 'PreconditionFailedException',
      $metadata: { httpStatusCode: 412 },
    });
  });
});
