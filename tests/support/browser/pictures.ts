import type { Page } from 'playwright-core';

/** How much two pictures differ when looked at from afar. */
export interface Difference {
  /** Share of the cells, 0 to 1, whose colour is another. */
  colour: number;
  /** Share of the cells, 0 to 1, that are much lighter or darker. */
  light: number;
}

/**
 * The comparison, as it runs in the browser, which can decode pictures. Each cell of a grid is the mean of its pixels.
 * Text is grey whatever its font, so its colour, how far red and blue are from green, may differ by little; how dark it
 * is differs with the font. Of 255: a line of 3 pixels through a cell of 20 by 20 changes its colour by about 12.
 */
const compareInPage = `async ([one, other]) => {
  const columns = 64, colourTolerance = 6, lightTolerance = 20;
  const gridOf = async (base64) => {
    const image = new Image();
    image.src = 'data:image/png;base64,' + base64;
    await image.decode();
    const { naturalWidth: width, naturalHeight: height } = image;
    const rows = Math.round(columns * height / width);
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, width, height);
    const sums = Array.from({ length: columns * rows }, () => [0, 0, 0, 0]);
    for (let index = 0; index < data.length; index += 4) {
      const x = (index / 4) % width, y = Math.floor(index / 4 / width);
      const cell = sums[Math.floor(y * rows / height) * columns + Math.floor(x * columns / width)];
      for (const channel of [0, 1, 2]) cell[channel] += data[index + channel];
      cell[3] += 1;
    }
    return { rows, cells: sums.map(([r, g, b, count]) => [r / count, g / count, b / count]) };
  };
  const [first, second] = [await gridOf(one), await gridOf(other)];
  if (first.rows !== second.rows) return { colour: 1, light: 1 };
  const shareOf = (differs) =>
    first.cells.filter((cell, index) => differs(cell, second.cells[index])).length / first.cells.length;
  const far = (one, other, tolerance) => Math.abs(one - other) > tolerance;
  return {
    colour: shareOf(([r, g, b], [r2, g2, b2]) => far(r - g, r2 - g2, colourTolerance) || far(b - g, b2 - g2, colourTolerance)),
    light: shareOf(([, g], [, g2]) => far(g, g2, lightTolerance)),
  };
}`;

/** Compares two PNG pictures. @param page any page that may show pictures of data, such as an empty one */
export const differenceOf = (page: Page, one: Buffer, other: Buffer): Promise<Difference> =>
  page.evaluate(`(${compareInPage})(${JSON.stringify([one.toString('base64'), other.toString('base64')])})`);
