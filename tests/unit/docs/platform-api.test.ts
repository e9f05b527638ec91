import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { platformApiPage } from '../../../tools/docs/platform-api-page.ts';

describe('docs/platform-api.md', () => {
  it('lists the operations as the contract has them: "npm run docs" writes it', async () => {
    const page = await readFile(new URL('../../../docs/platform-api.md', import.meta.url), 'utf8');
    expect(page).toBe(platformApiPage());
  });
});
