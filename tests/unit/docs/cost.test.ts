import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { costPage } from '../../../tools/docs/cost-page.ts';

describe('docs/cost.md', () => {
  it('says what follows from measurements and prices: "npm run docs" writes it', async () => {
    const page = await readFile(new URL('../../../docs/cost.md', import.meta.url), 'utf8');
    expect(page).toBe(costPage());
  });
});
