import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';

interface Statement {
  Sid: string;
  Effect: string;
  Principal: Record<string, string>;
  Action: string | string[];
  Condition?: Record<string, Record<string, string>>;
}

const file = new URL('../../../observability/key-policy.json', import.meta.url);
const { Statement: statements } = JSON.parse(await readFile(file, 'utf8')) as { Statement: Statement[] };

const of = (principal: string) =>
  statements.filter(({ Principal }) => Object.values(Principal).includes(principal));

describe("the policy of the customer's key", () => {
  it('leaves the key to the account, whose policies let the functions and Firehose use it', () => {
    expect(of('arn:PARTITION:iam::ACCOUNT:root')).toMatchObject([{ Effect: 'Allow', Action: 'kms:*' }]);
  });

  it('lets CloudWatch Logs encrypt the log groups of the functions in its region', () => {
    expect(of('logs.REGION.amazonaws.com')).toMatchObject([
      {
        Action: expect.arrayContaining(['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey*']),
        Condition: {
          ArnLike: {
            'kms:EncryptionContext:aws:logs:arn': 'arn:PARTITION:logs:REGION:ACCOUNT:log-group:/aws/lambda/*',
          },
        },
      },
    ]);
  });

  it('lets alarms of the account publish to the encrypted topic', () => {
    expect(of('cloudwatch.amazonaws.com')).toMatchObject([
      {
        Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        Condition: { StringEquals: { 'aws:SourceAccount': 'ACCOUNT' } },
      },
    ]);
  });

  it('lets nobody else, and no service without a condition', () => {
    expect(statements).toHaveLength(3);
    for (const { Principal, Condition } of statements) {
      if (Principal.Service) expect(Condition).toBeDefined();
      expect(Object.values(Principal)).not.toContain('*');
    }
  });

  it('has only these three placeholders', async () => {
    const placeholders = new Set((await readFile(file, 'utf8')).match(/\b[A-Z]{5,}\b/g));
    expect([...placeholders].sort()).toEqual(['ACCOUNT', 'PARTITION', 'REGION']);
  });
});
