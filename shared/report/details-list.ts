import { type Html, html } from './html.ts';

/** `free_addresses` as people write it. */
const inWords = (name: string): string => name.replaceAll('_', ' ');

const isPlain = (value: unknown): boolean => typeof value !== 'object' || value === null;

function shown(value: unknown): Html {
  if (value === null || value === undefined) return html`<span class="none">none</span>`;
  if (isPlain(value)) return html`${value === '' ? '(empty)' : String(value)}`;
  if (!Array.isArray(value)) return detailsList(value as object) ?? html`<span class="none">none</span>`;
  if (value.length === 0) return html`<span class="none">none</span>`;
  const looks = value.every(isPlain) ? 'words' : 'things';
  return html`<ul class="${looks}">${value.map((item) => html`<li>${shown(item)}</li>`)}</ul>`;
}

/** The fields of an object, and of the objects in it, as a list to read; undefined when there are none. */
export function detailsList(details: object): Html | undefined {
  const fields = Object.entries(details).filter(([, value]) => value !== undefined);
  if (fields.length === 0) return undefined;
  return html`
    <dl class="details">${fields.map(
      ([name, value]) => html`<div><dt>${inWords(name)}</dt><dd>${shown(value)}</dd></div>`,
    )}</dl>`;
}
