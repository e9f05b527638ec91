import { writeFile } from 'node:fs/promises';
import { reportPage } from '../../shared/report/report-page.ts';
import { startBrowser } from '../browser/browser.ts';
import { sampleReport } from './sample/report.ts';

/** Makes docs/images/report.png: the sample's report from its title to the end of the drawing. */
const browser = await startBrowser();
try {
  const { page } = await browser.open(reportPage(sampleReport), { colorScheme: 'light' });
  const drawing = await page.locator('figure').boundingBox();
  if (!drawing) throw new Error('the report of the sample has no drawing');
  const clip = { x: 0, y: 0, width: 1280, height: Math.ceil(drawing.y + drawing.height) + 24 };
  const picture = await page.screenshot({ clip, fullPage: true });
  await writeFile(new URL('../../docs/images/report.png', import.meta.url), picture);
} finally {
  await browser.close();
}
