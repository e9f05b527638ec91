/** Text that is HTML already: made by `html`, so that everything else is known to need escaping. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What may stand in a template: text and numbers are escaped, HTML is not, nothing at all leaves nothing. */
export type Content = Html | string | number | undefined | false | readonly Content[];

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it is written in HTML, between tags as well as within the quotes of an attribute. */
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);

function written(content: Content): string {
  if (content === undefined || content === false) return '';
  if (content instanceof Html) return content.text;
  if (typeof content === 'object') return content.map(written).join('');
  return escaped(String(content));
}

/** A template of HTML; what is put into it is escaped unless it is HTML itself. Attributes have to be quoted. */
export function html(parts: TemplateStringsArray, ...contents: Content[]): Html {
  const rest = contents.map((content, index) => written(content) + (parts[index + 1] ?? ''));
  return new Html([parts[0], ...rest].join(''));
}
