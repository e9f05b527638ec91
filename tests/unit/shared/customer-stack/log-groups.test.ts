import { CloudWatchLogsClient, type LogGroup } from '@aws-sdk/client-cloudwatch-logs';
import { describe, expect, it } from '@jest/globals';
import {
  deleteLogGroup,
  ensureLogGroup,
  isLogGroup,
  type WantedLogGroup,
} from '../../../../shared/customer-stack/log-groups.ts';
import { answerCalls } from '../../../support/fakes/aws-client.ts';
import { sdkError } from '../../../support/fakes/aws-errors.ts';

const name = '/aws/lambda/rosa-oidc-provisioner';
const key = 'arn:aws:kms:us-east-1:123456789012:key/1';
const otherKey = 'arn:aws:kms:us-east-1:123456789012:key/2';
const tags = { 'red-hat-managed': 'true' };

/** CloudWatch Logs with these groups; a command that is to fail is given with its error. */
function logs(logGroups: LogGroup[], failing: Record<string, Error> = {}) {
  const changes: [string, Record<string, unknown>][] = [];
  const client = answerCalls(new CloudWatchLogsClient({ region: 'us-east-1' }), ({ command, input }) => {
    const action = command.replace('Command', '');
    if (action !== 'DescribeLogGroups') changes.push([action, input]);
    const failure = failing[action];
    if (failure) throw failure;
    return action === 'DescribeLogGroups' ? { logGroups } : {};
  });
  return { client, changes };
}

const ensured = async (present: LogGroup[], wanted: Partial<WantedLogGroup> = {}, failing = {}) => {
  const { client, changes } = logs(present, failing);
  await ensureLogGroup(client, { name, retentionDays: 90, tags, ...wanted });
  return changes;
};

const group = (differences: LogGroup = {}): LogGroup => ({
  logGroupName: name,
  retentionInDays: 90,
  ...differences,
});

const retention = (retentionInDays: number) => [
  'PutRetentionPolicy',
  { logGroupName: name, retentionInDays },
];

describe('a log group that is not there', () => {
  it('is made with its tags and gets its retention', async () => {
    expect(await ensured([])).toEqual([
      ['CreateLogGroup', { logGroupName: name, kmsKeyId: undefined, tags }],
      retention(90),
    ]);
  });

  it('is made with its key', async () => {
    const [created] = await ensured([], { kmsKeyArn: key });
    expect(created).toEqual(['CreateLogGroup', { logGroupName: name, kmsKeyId: key, tags }]);
  });

  it('is made although there is one whose name only begins like it', async () => {
    const [created] = await ensured([group({ logGroupName: `${name}-two` })]);
    expect(created?.[0]).toBe('CreateLogGroup');
  });

  it('gets its retention when somebody else has made it meanwhile', async () => {
    const exists = { CreateLogGroup: sdkError('ResourceAlreadyExistsException') };
    expect((await ensured([], {}, exists)).slice(1)).toEqual([retention(90)]);
  });
});

describe('a log group that is there', () => {
  it('is left alone when it is as it should be', async () => {
    expect(await ensured([group()])).toEqual([]);
    expect(await ensured([group({ kmsKeyId: key })], { kmsKeyArn: key })).toEqual([]);
  });

  it.each([
    ['is to be kept longer', group(), 365],
    ['somebody has shortened', group({ retentionInDays: 7 }), 90],
    ['never expires', group({ retentionInDays: undefined }), 90],
  ])('gets its retention when it %s', async (_what, present, retentionDays) => {
    expect(await ensured([present], { retentionDays })).toEqual([retention(retentionDays)]);
  });

  it.each([
    ['gets', undefined, key],
    ['exchanges', otherKey, key],
  ])('%s a key', async (_what, kmsKeyId, kmsKeyArn) => {
    const changes = await ensured([group({ kmsKeyId })], { kmsKeyArn });
    expect(changes).toEqual([['AssociateKmsKey', { logGroupName: name, kmsKeyId: key }]]);
  });

  it('loses a key that is not asked for any more', async () => {
    const changes = await ensured([group({ kmsKeyId: key })]);
    expect(changes).toEqual([['DisassociateKmsKey', { logGroupName: name }]]);
  });
});

describe('a log group that cannot be made as it should be', () => {
  it.each([
    ['CreateLogGroup', [], {}],
    ['PutRetentionPolicy', [], {}],
    ['AssociateKmsKey', [group()], { kmsKeyArn: key }],
    ['DisassociateKmsKey', [group({ kmsKeyId: key })], {}],
    ['DescribeLogGroups', [], {}],
  ])('names the action %s', async (action, present, wanted) => {
    const failing = { [action]: sdkError('AccessDeniedException') };
    await expect(ensured(present, wanted, failing)).rejects.toMatchObject({
      action: `logs:${action}`,
      failure: 'denied',
    });
  });
});

describe('whether a log group is there', () => {
  it('is told by its full name', async () => {
    expect(await isLogGroup(logs([group()]).client, name)).toBe(true);
    expect(await isLogGroup(logs([]).client, name)).toBe(false);
    expect(await isLogGroup(logs([group({ logGroupName: `${name}-two` })]).client, name)).toBe(false);
  });
});

describe('deleting a log group', () => {
  it('deletes that one', async () => {
    const { client, changes } = logs([group()]);
    await deleteLogGroup(client, name);
    expect(changes).toEqual([['DeleteLogGroup', { logGroupName: name }]]);
  });

  it('is done when it is gone already', async () => {
    const { client } = logs([], { DeleteLogGroup: sdkError('ResourceNotFoundException') });
    await expect(deleteLogGroup(client, name)).resolves.toBeUndefined();
  });

  it('fails when AWS refuses it', async () => {
    const { client } = logs([group()], { DeleteLogGroup: sdkError('AccessDeniedException') });
    await expect(deleteLogGroup(client, name)).rejects.toMatchObject({ action: 'logs:DeleteLogGroup' });
  });
});
