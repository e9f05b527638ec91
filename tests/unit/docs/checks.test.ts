import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { checksPage } from '../../../tools/docs/checks-page.ts';

describe('docs/checks.md', () => {
  it('says of every check what the check itself says: "npm run docs" writes it', async () => {
    const page = await readFile(new URL('../../../docs/checks.md', import.meta.url), 'utf8');
    expect(page).toBe(checksPage());
  });
});
