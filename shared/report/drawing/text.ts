/** How text is set in the drawing. Sizes are the style sheet's; em is the width of a usual letter. */
const fonts = {
  name: { size: 12.5, em: 0.64 },
  code: { size: 10, em: 0.605 },
  note: { size: 10.5, em: 0.62 },
} as const;

export type Font = keyof typeof fonts;

/** Wide enough for the fonts that browsers take for system-ui and ui-monospace, bold ones among them. */
function emOf(sign: string, font: Font): number {
  // Ideographs, kana, hangul, emoji and whatever else is set in a square.
  if (sign >= '\u1100') return 1.1;
  if (font === 'code') return fonts.code.em;
  if (/[MWmw@%&]/.test(sign)) return 1.05;
  if (/[iIjlt.,:;'|!()[\] ]/.test(sign)) return 0.42;
  return /[A-Z0-9]/.test(sign) ? 0.74 : fonts[font].em;
}

/** Width of a line of text in the drawing's units, never less than what a browser makes of it. */
export const widthOf = (text: string, font: Font): number =>
  [...text].reduce((width, sign) => width + emOf(sign, font), 0) * fonts[font].size;

/** Text that fits a width: as it is, or with its middle left out, since ids and names differ at their ends. */
export function fitting(text: string, font: Font, width: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (widthOf(line, font) <= width) return line;
  const signs = [...line];
  for (let kept = signs.length - 1; kept > 1; kept -= 1) {
    const [head, tail] = [Math.ceil(kept / 2), Math.floor(kept / 2)];
    const short = `${signs.slice(0, head).join('')}…${signs.slice(-tail).join('')}`;
    if (widthOf(short, font) <= width) return short;
  }
  return '…';
}
