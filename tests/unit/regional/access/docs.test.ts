import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { fallbacks } from '../../../../regional/access/fallback.ts';
import { platformStatements } from '../../../../regional/access/permissions.ts';

const page = await readFile(new URL('../../../../docs/customer-access.md', import.meta.url), 'utf8');

/** The cells of each row of a section's table whose first cell is code. */
const rows = (title: string): string[][] => {
  const section = page.slice(page.indexOf(`\n## ${title}\n`)).slice(4);
  const table = section.slice(0, section.indexOf('\n## ') + 1 || undefined);
  return [...table.matchAll(/^\| (`.+) \|$/gm)].map(([, row = '']) => row.split(' | '));
};

const codes = (text = ''): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);

describe('docs/customer-access.md', () => {
  it('says of every kind of failure whether the role is used in mode dual', () => {
    const documented = rows('Failures').map(([kind, , , dual]) => [codes(kind).join(), codes(dual)]);
    expect(documented).toEqual(Object.entries(fallbacks).map(([kind, { butNot }]) => [kind, butNot]));
    for (const [, , , dual] of rows('Failures')) expect(dual).toMatch(/^yes/);
  });

  it("lists the actions of the platform's role", () => {
    const statements = platformStatements(
      'aws',
      'arn:aws:dynamodb:us-east-1:111122223333:table/rosa-regional',
    );
    expect(rows('Permissions').map(([actions]) => codes(actions))).toEqual(
      statements.map(({ Action }) => Action),
    );
  });
});

describe("the platform's role", () => {
  const statements = platformStatements('aws-us-gov', 'arn:aws-us-gov:dynamodb:r:1:table/t');

  it('may invoke nothing but the alias prod, and assume no role without an external id of ours', () => {
    expect(statements).toMatchObject([
      { Resource: 'arn:aws-us-gov:lambda:*:*:function:*:prod' },
      {
        Resource: 'arn:aws-us-gov:iam::*:role/*',
        Condition: { StringLike: { 'sts:ExternalId': 'rosa-lambda-access:*' } },
      },
      { Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': 'discovery#*' } } },
    ]);
  });
});
