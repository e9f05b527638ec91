import { writeFile } from 'node:fs/promises';
import { checksPage } from './checks-page.ts';
import { costPage } from './cost-page.ts';

const pages = { checks: checksPage(), cost: costPage() };

for (const [name, page] of Object.entries(pages)) {
  await writeFile(new URL(`../../docs/${name}.md`, import.meta.url), page);
}
