import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { flag, readEnvironment } from '../../shared/environment.ts';
import { reportPage } from '../../shared/report/report-page.ts';
import { type HeadlessBrowser, startBrowser } from '../../tools/browser/browser.ts';
import { sampleReport } from '../../tools/docs/sample/report.ts';
import { differenceOf } from '../support/browser/pictures.ts';

/** How to make the references anew is in tests/browser/README.md. */
const { RENEW_REFERENCES } = readEnvironment({ RENEW_REFERENCES: flag });
const reference = (file: string): URL => new URL(`reference/${file}`, import.meta.url);

let browser: HeadlessBrowser;
let page: Page;
/** Decodes pictures: the report's own page may not load any. */
let empty: Page;

beforeAll(async () => {
  browser = await startBrowser();
  ({ page } = await browser.open(reportPage(sampleReport), { colorScheme: 'light' }));
  ({ page: empty } = await browser.open(''));
});
afterAll(() => browser?.close());

/** Boxes and lines in the drawing's own units, which no font changes, one a line. */
const geometry = (): Promise<string> =>
  page.evaluate(`[...document.querySelectorAll('svg :is(rect, .line, circle)')].map((one) => {
    const { x, y, width, height } = one.getBBox();
    const of = one.closest('[data-thing], [data-zone], [data-from], .way, svg');
    const name = of.dataset.thing ?? of.dataset.zone ?? (of.dataset.from ? of.dataset.from + ' ' + of.dataset.to : of.id);
    return [one.getAttribute('class') ?? one.tagName, name || 'drawing', ...[x, y, width, height].map((value) => value.toFixed(1))].join(' ');
  }).join('\\n') + '\\n'`);

const picture = (): Promise<Buffer> => page.locator('svg').screenshot();

/** The picture while a rule is added to the page's style. */
async function pictureWith(rule: string): Promise<Buffer> {
  const add = `document.head.append(Object.assign(document.createElement('style'), { id: 'added', textContent: ${JSON.stringify(rule)} }))`;
  await page.evaluate(add);
  const taken = await picture();
  await page.evaluate(`document.getElementById('added').remove()`);
  return taken;
}

/** Shares of cells. Another font makes 0.002 and 0.01, the shorter of the blocked ways 0.006 of colour. */
const alike = { colour: 0.004, light: 0.03 };

const differenceFromReference = async (taken: Buffer) =>
  differenceOf(empty, await readFile(reference('report.png')), taken);

describe('the drawing of the sample', () => {
  it('has every box and line where it was', async () => {
    const found = await geometry();
    if (RENEW_REFERENCES) await writeFile(reference('geometry.txt'), found);
    expect(found).toBe(await readFile(reference('geometry.txt'), 'utf8'));
  });

  it('looks as it did', async () => {
    const taken = await picture();
    if (RENEW_REFERENCES) await writeFile(reference('report.png'), taken);
    const { colour, light } = await differenceFromReference(taken);
    expect(colour).toBeLessThan(alike.colour);
    expect(light).toBeLessThan(alike.light);
  });

  it.each([
    ['the blocked ways are missing', '.way { display: none }'],
    ['one of the blocked ways is missing', '#way-1 { display: none }'],
    ['the blocked ways are not dashed', '.way.blocked .line { stroke-dasharray: none }'],
    ['the blocked ways are not red', '.way .line { stroke: var(--route) !important }'],
    ['public subnets look as private ones', '.public > .box { fill: var(--private) }'],
  ])('looks different when %s', async (_what, rule) => {
    const { colour } = await differenceFromReference(await pictureWith(rule));
    expect(colour).toBeGreaterThan(alike.colour);
  });

  it('looks different when there is no text', async () => {
    const { light } = await differenceFromReference(await pictureWith('svg text { display: none }'));
    expect(light).toBeGreaterThan(alike.light);
  });

  it('looks the same in other fonts', async () => {
    const { colour, light } = await differenceFromReference(
      await pictureWith('svg text { font-family: serif !important }'),
    );
    expect(colour).toBeLessThan(alike.colour);
    expect(light).toBeLessThan(alike.light);
  });
});
