import { writeFile } from 'node:fs/promises';
import { startBrowser } from '../browser/browser.ts';
import { dashboardPages } from './dashboard/pages.ts';

/** Makes docs/images/dashboard.png and fleet-dashboard.png. */
const browser = await startBrowser();
try {
  for (const [name, page] of Object.entries(dashboardPages())) {
    const { page: opened } = await browser.open(page, {
      viewport: { width: 1278, height: 900 },
      colorScheme: 'light',
    });
    const picture = await opened.screenshot({ fullPage: true });
    await writeFile(new URL(`../../docs/images/${name}.png`, import.meta.url), picture);
  }
} finally {
  await browser.close();
}
