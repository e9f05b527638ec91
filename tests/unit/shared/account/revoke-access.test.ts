import { beforeEach, describe, expect, it } from '@jest/globals';
import { revokeAccess } from '../../../../shared/account/revoke-access.ts';
import { stages } from '../../../../shared/release/stages.ts';
import { silentTasks } from '../../../../shared/tasks.ts';
import { assumed, fakeAccessRole, trustPolicy } from '../../../support/fakes/access-role.ts';
import { awsError } from '../../../support/fakes/aws-errors.ts';
import { fakeContext } from '../../../support/fakes/command-context.ts';
import { FakeLambdaFunctions } from '../../../support/fakes/fake-lambda-functions.ts';

const names = ['one', 'two', 'three'];
const parameters = { oidcProvisionerName: 'one', preflightCheckerName: 'two', networkVerifierName: 'three' };
const roleName = 'RosaRegionalPlatformAccess-us-east-1';

let functions: FakeLambdaFunctions;
let accessRole: ReturnType<typeof fakeAccessRole>;

/** Closes all ways in of a stack with these parameters beside the names. */
const revoke = (more: Record<string, string> = {}) => {
  const { caller, region } = fakeContext();
  const dependencies = { functions, accessRole, tasks: silentTasks, caller, region };
  return revokeAccess(dependencies, { ...parameters, ...more });
};

const letIn = async (name: string, alias: string, ...statementIds: string[]) => {
  for (const id of statementIds)
    await functions.allowInvoke(name, alias, id, 'arn:aws:iam::111122223333:role/r');
};

/** The statements that are left, by function and alias. */
const left = async () => {
  const places = names.flatMap((name) => stages.map((stage) => [name, stage] as const));
  const policies = await Promise.all(
    places.map(async ([name, stage]) =>
      (await functions.policy(name, stage)).map(({ Sid }) => `${name}:${stage} ${Sid}`),
    ),
  );
  return policies.flat();
};

beforeEach(() => {
  functions = new FakeLambdaFunctions();
  accessRole = fakeAccessRole();
  for (const name of names) functions.deploy(name, 'code');
});

describe('revoking', () => {
  it('removes every statement from the aliases of all stages, whoever made it', async () => {
    await letIn('one', 'prod', 'AllowRosaRegionalPlatformInvoke', 'Stranger');
    await letIn('two', 'dev', 'Forgotten');
    const revoked = await revoke();
    expect(await left()).toEqual([]);
    expect(revoked.filter(({ removed }) => removed > 0)).toEqual([
      { name: 'one', stage: 'prod', removed: 2 },
      { name: 'two', stage: 'dev', removed: 1 },
    ]);
  });

  it('removes those of the function itself, which let in to all of its versions', async () => {
    const Principal = { AWS: 'arn:aws:iam::111122223333:role/r' };
    const Action = 'lambda:InvokeFunction';
    functions.addStatement('one', '', { Sid: 'Old', Effect: 'Allow', Principal, Action, Resource: '*' });
    const revoked = await revoke();
    expect(await functions.policy('one')).toEqual([]);
    expect(revoked).toContainEqual({ name: 'one', stage: undefined, removed: 1 });
  });

  it('tells of every place it has looked at', async () => {
    const revoked = await revoke();
    expect(revoked.map(({ name, stage = 'itself', removed }) => `${name}:${stage} ${removed}`)).toEqual(
      names.flatMap((name) => [...stages, 'itself'].map((stage) => `${name}:${stage} 0`)),
    );
  });

  it('leaves versions and aliases as they are', async () => {
    await letIn('one', 'prod', 'Stranger');
    functions.calls.length = 0;
    await revoke();
    const changes = functions.calls.filter((call) => !call.startsWith('policy'));
    expect(changes).toEqual(['removeStatement one']);
  });

  it('finds nothing to do where a function is gone', async () => {
    functions = new FakeLambdaFunctions();
    expect((await revoke()).every(({ removed }) => removed === 0)).toBe(true);
  });
});

describe('revoking while somebody else does', () => {
  it('goes on when a statement is gone meanwhile, and removes the others', async () => {
    await letIn('one', 'prod', 'First', 'Second');
    functions.failOnce('removeStatement', 'one', 'ResourceNotFoundException');
    await revoke();
    expect(await left()).toEqual(['one:prod First']);
  });
});

describe('a permission that cannot be removed', () => {
  beforeEach(async () => {
    await letIn('one', 'prod', 'First', 'Second');
    await letIn('two', 'prod', 'First');
  });

  it('does not keep the others', async () => {
    functions.failOnce('removeStatement', 'one', 'AccessDeniedException');
    await expect(revoke()).rejects.toThrow();
    expect(await left()).toEqual(['one:prod First']);
  });

  it('is reported with the place that is still open, and why', async () => {
    functions.failOnce('removeStatement', 'one', 'AccessDeniedException');
    await expect(revoke()).rejects.toMatchObject({
      message: expect.stringMatching(/^one:prod may still be used from outside.*removeStatement was refused/),
      cause: { failure: 'denied' },
    });
  });

  it('is reported with all others that are', async () => {
    functions.failOnce('removeStatement', 'one', 'AccessDeniedException');
    functions.failOnce('removeStatement', 'two', 'ServiceException');
    await expect(revoke()).rejects.toMatchObject({
      message: expect.stringMatching(/^one:prod, two:prod /),
      errors: [{ failure: 'denied' }, { failure: 'unavailable' }],
    });
  });

  it('includes one that could not even be looked at', async () => {
    functions.failOnce('policy', 'two', 'AccessDeniedException');
    await expect(revoke()).rejects.toThrow(/^two:(prod|staging|dev) may still be used/);
    expect((await left()).filter((place) => place.startsWith('one'))).toEqual([]);
  });

  it('is removed by the next run', async () => {
    functions.failOnce('removeStatement', 'one');
    await expect(revoke()).rejects.toThrow();
    await revoke();
    expect(await left()).toEqual([]);
  });
});

describe('the role that the platform assumes', () => {
  const closed = 'arn:aws:iam::aws:policy/AWSDenyAll';

  it('is closed, for sessions that have begun, too', async () => {
    expect(await revoke(assumed)).toContainEqual({ name: roleName, removed: 1 });
    expect(accessRole.calls).toContainEqual({ name: 'bound', args: [roleName, closed] });
  });

  it('is closed beside the aliases, should one let somebody in', async () => {
    await letIn('one', 'prod', 'Stranger');
    await revoke(assumed);
    expect(await left()).toEqual([]);
  });

  it('is not touched a second time, nor where it is gone', async () => {
    accessRole = fakeAccessRole({ trustPolicy: trustPolicy(), boundaryArn: closed });
    expect(await revoke(assumed)).toContainEqual({ name: roleName, removed: 0 });
    expect(accessRole.calls.map(({ name }) => name)).toEqual(['describe']);
  });

  it('is not looked for when the policy of prod lets the platform in', async () => {
    await revoke();
    expect(accessRole.calls).toEqual([]);
  });

  it('that cannot be closed is reported, and keeps no other way open', async () => {
    await letIn('one', 'prod', 'Stranger');
    accessRole.fail('bound', awsError('iam:PutRolePermissionsBoundary', 'AccessDenied'));
    await expect(revoke(assumed)).rejects.toThrow(
      `${roleName} may still be used from outside: iam:PutRolePermissionsBoundary`,
    );
    expect(await left()).toEqual([]);
  });
});
