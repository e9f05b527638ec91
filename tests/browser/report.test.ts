import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import axe from 'axe-core';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { reportPage } from '../../shared/report/report-page.ts';
import { type HeadlessBrowser, type OpenPage, startBrowser } from '../../tools/browser/browser.ts';
import { sampleReport } from '../../tools/docs/sample/report.ts';
import { natId } from '../../tools/docs/sample/topology.ts';

let browser: HeadlessBrowser;
let opened: OpenPage;

beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser?.close());
afterEach(() => opened.page.context().close());

async function open(options?: BrowserContextOptions): Promise<Page> {
  opened = await browser.open(reportPage(sampleReport), options);
  return opened.page;
}

/** What the style sheet makes of an element. */
const styleOf = (page: Page, selector: string, property: string): Promise<string> =>
  page.evaluate(
    `getComputedStyle(document.querySelector(${JSON.stringify(selector)}))[${JSON.stringify(property)}]`,
  );

const openAll = `for (const one of document.querySelectorAll('details')) one.open = true`;

/** What has the keyboard's focus, by its address or its words; nothing when it has had it before. */
const newlyFocused = (page: Page): Promise<string | null> =>
  page.evaluate(`((one) => {
    if (one === document.body || one.dataset.wasFocused) return null;
    one.dataset.wasFocused = 'yes';
    return one.tagName + ' ' + (one.href?.replace(/.*#/, '#') ?? one.ariaLabel ?? one.textContent);
  })(document.activeElement)`);

/** Presses Tab until it has been all round, and says what was focused. */
async function tabThrough(page: Page): Promise<string[]> {
  const stops: string[] = [];
  for (;;) {
    await page.keyboard.press('Tab');
    const stop = await newlyFocused(page);
    if (stop === null) return stops;
    stops.push(stop);
  }
}

const red = 'rgb(179, 35, 27)';

describe('the report in a browser', () => {
  it('opens without a network, asks for nothing, and has nothing to complain of', async () => {
    const page = await open();
    expect(await page.title()).toBe(`${sampleReport.title}: failed`);
    expect(opened.requests).toHaveLength(1);
    expect(opened.requests[0]).toMatch(/^file:/);
    expect(opened.complaints).toEqual([]);
  });

  it.each(['light', 'dark'] as const)('has no fault that axe finds, in %s', async (colorScheme) => {
    const page = await open({ colorScheme });
    await page.evaluate(openAll);
    await page.evaluate(axe.source);
    const { violations, passes } = await page.evaluate<axe.AxeResults>('axe.run()');
    const faults = violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
    expect(faults).toEqual([]);
    expect(passes.map(({ id }) => id)).toEqual(expect.arrayContaining(['color-contrast', 'heading-order']));
  });

  it('is light or dark as the reader has it', async () => {
    const page = await open({ colorScheme: 'light' });
    const light = await styleOf(page, 'body', 'backgroundColor');
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await styleOf(page, 'body', 'backgroundColor')).not.toBe(light);
  });

  it.each([320, 768, 1280, 2400])('is not wider than a window of %d pixels', async (width) => {
    const page = await open({ viewport: { width, height: 900 } });
    await page.evaluate(openAll);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
  });
});

describe('the blocked way in the drawing', () => {
  it('is red, and dashed and marked for those who do not see that', async () => {
    const page = await open();
    expect(await styleOf(page, '.way.blocked', 'visibility')).toBe('visible');
    expect(await styleOf(page, '.way.blocked .line', 'stroke')).toBe(red);
    expect(await styleOf(page, '.way.blocked .line', 'strokeDasharray')).not.toBe('none');
    expect(await styleOf(page, '.way.blocked .cross circle', 'fill')).toBe(red);
  });

  it('has the name of what blocks it where it ends', async () => {
    const page = await open();
    const label = page.locator(`[data-thing="${natId(1)}"] .block`);
    expect(await label.textContent()).toBe(`✕ ${natId(1)}`);
    const [mark, box] = [
      await page.locator('.way.blocked .cross').first().boundingBox(),
      await page.locator(`[data-thing="${natId(1)}"] .box`).boundingBox(),
    ];
    expect(Math.abs((mark?.x ?? 0) - (box?.x ?? 0))).toBeLessThan(40);
    expect(Math.abs((mark?.y ?? 0) - (box?.y ?? 0))).toBeLessThan(box?.height ?? 0);
  });

  it('is all that is shown of the ways, until one points at another', async () => {
    const page = await open();
    const isShown = (way: number) => styleOf(page, `#way-${way}`, 'visibility');
    expect([await isShown(1), await isShown(2), await isShown(3)]).toEqual(['visible', 'visible', 'hidden']);
    await page.locator('.drawing summary').first().click();
    await page.locator('.ways [data-way="3"]').hover();
    expect(await isShown(3)).toBe('visible');
    expect(Number(await styleOf(page, '#way-1', 'opacity'))).toBeLessThan(0.5);
  });

  it('has no line of text that is wider than its box', async () => {
    const page = await open();
    const wider = await page.evaluate(`[...document.querySelectorAll('.thing')].flatMap((thing) => {
      const box = thing.querySelector('.box').getBBox();
      return [...thing.querySelectorAll(':scope > text')]
        .filter((text) => text.getBBox().x + text.getBBox().width > box.x + box.width)
        .map((text) => text.textContent);
    })`);
    expect(wider).toEqual([]);
  });
});

describe('the report by keyboard', () => {
  it('begins with a way past everything, and reaches the drawing, the ways and the findings', async () => {
    const page = await open();
    const stops = await tabThrough(page);
    expect(stops[0]).toBe('A #findings');
    const wanted = [
      'A #failed-egress_path',
      'A #failed',
      'DIV Drawing of the VPC, may be scrolled',
      'A #way-1',
      'A #way-2',
      'SUMMARY Hop by hop',
      'SUMMARY Show what passed: 6 checks',
    ];
    const firsts = [...new Set(stops)].filter((stop) => wanted.includes(stop));
    expect(firsts).toEqual(wanted);
  });

  it('shows what has the focus', async () => {
    const page = await open();
    await page.keyboard.press('Tab');
    expect(await styleOf(page, '.skip', 'outlineStyle')).toBe('solid');
    const box = await page.locator('.skip').boundingBox();
    expect(box?.y).toBeGreaterThanOrEqual(0);
  });

  it('brings a way forward while its link has the focus, and keeps it there when it is followed', async () => {
    const page = await open();
    await page.locator('.ways a[href="#way-2"]').focus();
    expect(await styleOf(page, '#way-2', 'opacity')).toBe('1');
    expect(Number(await styleOf(page, '#way-1', 'opacity'))).toBeLessThan(0.5);
    await page.keyboard.press('Enter');
    await page.evaluate('document.activeElement.blur()');
    expect(await page.evaluate('location.hash')).toBe('#way-2');
    expect(Number(await styleOf(page, '#way-1', 'opacity'))).toBeLessThan(0.5);
  });

  it('opens what is folded', async () => {
    const page = await open();
    const passed = page.getByText('vpc_exists');
    expect(await passed.isVisible()).toBe(false);
    await page.getByText('Show what passed').focus();
    await page.keyboard.press('Enter');
    expect(await passed.isVisible()).toBe(true);
  });
});

describe('the report on paper', () => {
  const paper = { viewport: { width: 718, height: 1000 }, colorScheme: 'dark' } as const;
  const print = async (): Promise<Page> => {
    const page = await open(paper);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    return page;
  };

  it('shows every finding, the folded ones too', async () => {
    const page = await print();
    const messages = await page.evaluate<number[]>(
      `[...document.querySelectorAll('.message')].map((one) => one.checkVisibility({ contentVisibilityAuto: true }) ? one.getBoundingClientRect().height : 0)`,
    );
    expect(messages).toHaveLength(sampleReport.findings.length);
    expect(Math.min(...messages)).toBeGreaterThan(0);
  });

  it('is light, whatever the screen is', async () => {
    const page = await print();
    expect(await styleOf(page, 'body', 'backgroundColor')).toBe('rgb(255, 255, 255)');
    expect(await styleOf(page, '.thing.subnet .box', 'fill')).toBe('rgb(236, 246, 239)');
  });

  it('has all of the drawing on the page', async () => {
    const page = await print();
    const box = await page.locator('svg').boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(paper.viewport.width);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(
      paper.viewport.width,
    );
  });
});
