const codes = { red: 31, green: 32, yellow: 33, cyan: 36, dim: 2, bold: 1 } as const;

/** Colours a piece of text, or leaves it as it is where colour is not wanted. */
export type Paint = (style: keyof typeof codes, text: string) => string;

/** @param color whether the text goes where colour is shown and wanted */
export const painter =
  (color: boolean): Paint =>
  (style, text) =>
    color && text ? `\u001b[${codes[style]}m${text}\u001b[0m` : text;
