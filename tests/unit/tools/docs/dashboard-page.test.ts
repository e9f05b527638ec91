import { stat } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { type DashboardName, dashboardPages } from '../../../../tools/docs/dashboard/pages.ts';

const pages = Object.entries(dashboardPages()) as [DashboardName, string][];

/** The widgets of a page, each from its tag on. */
const widgets = (page: string): string[] => page.split('<section ').slice(1);

describe.each(pages)('the picture of %s', (name, page) => {
  it('says that its data are samples', () => {
    expect(page).toContain('<em>sample data</em>');
  });

  it('draws a line that is not flat in every graph', () => {
    const graphs = widgets(page).filter((widget) => widget.startsWith('class="metric"'));
    expect(graphs.length).toBeGreaterThan(8);
    for (const graph of graphs) {
      const lines = [...graph.matchAll(/<path [^>]*d="([^"]+)"/g)].map(([, path = '']) => path);
      const heights = lines.map((path) => new Set(path.match(/(?<= )[\d.]+/g)).size);
      expect(Math.max(...heights)).toBeGreaterThan(1);
    }
  });

  it('leaves no placeholder of a template', () => {
    expect(page).not.toMatch(/\$\{|PROP\(|undefined|NaN/);
  });

  it('is in the documents, in less than 250 kB', async () => {
    const { size } = await stat(new URL(`../../../../docs/images/${name}.png`, import.meta.url));
    expect(size).toBeGreaterThan(10_000);
    expect(size).toBeLessThan(250_000);
  });
});
