import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { serverless } from '../../../../shared/customer-stack/serverless-command.ts';

/** Sends each message of MESSAGES, a JSON list, and fails. */
const plugin = `module.exports = class {
  constructor(serverless) {
    this.hooks = { initialize: () => {
      for (const message of JSON.parse(process.env.MESSAGES)) process.send(message);
      throw new serverless.classes.Error('this account is closed');
    } };
  }
};`;

const service = `service: tried
provider: { name: aws, runtime: nodejs24.x, region: eu-west-1 }
plugins: [./plugin.cjs]
`;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'serverless-'));
  await writeFile(join(folder, 'serverless.yml'), service);
  await writeFile(join(folder, 'plugin.cjs'), plugin);
});
afterAll(() => rm(folder, { recursive: true }));

/** The failure of a command whose plugin sends these, and what of them was heard. */
async function failureAfter(...messages: unknown[]) {
  const heard: unknown[] = [];
  const failure: unknown = await serverless({
    words: ['print'],
    folder,
    environment: { PATH: process.env.PATH, HOME: '/nowhere', MESSAGES: JSON.stringify(messages) },
    onMessage: (message) => heard.push(message),
  }).catch((error: unknown) => error);
  return { failure, heard };
}

const awsFailure = { action: 'logs:CreateLogGroup', code: 'AccessDenied', said: 'no' };

describe('a failed command', () => {
  it('has the failed AWS call its plugin tells of, the first one', async () => {
    const second = { ...awsFailure, action: 'logs:PutRetentionPolicy' };
    const { failure, heard } = await failureAfter({ awsFailure }, { awsFailure: second });
    expect(failure).toMatchObject({ name: 'ServerlessError', awsFailure });
    expect((failure as Error).message).toMatch(/this account is closed/);
    expect(heard).toEqual([{ awsFailure }, { awsFailure: second }]);
  });

  it('has none when its plugin tells of something else', async () => {
    const others = [
      'awsFailure',
      1,
      null,
      { other: true },
      { awsFailure: { action: 'logs:CreateLogGroup' } },
    ];
    const { failure, heard } = await failureAfter(...others);
    expect(failure).toMatchObject({ name: 'ServerlessError', awsFailure: undefined });
    expect(heard).toEqual(others);
  });
});
