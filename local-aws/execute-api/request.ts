import type { IncomingHttpHeaders } from 'node:http';

/** A request for a REST API as it came over the wire. */
export type ApiRequest = {
  method: string;
  /** Path and query as sent. */
  url: string;
  headers: IncomingHttpHeaders;
  /** Names and values by turns, with the names' case. */
  rawHeaders: string[];
  body: Buffer;
  sourceIp: string;
};

/** A header as one text; undefined when there is none. */
export function headerOf(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(',') : value;
}

/** The path as sent, still percent-encoded. */
export const pathOf = ({ url }: Pick<ApiRequest, 'url'>): string => url.split('?')[0] ?? '/';

/** Without its percent-encoding; what is not well encoded stays as it is. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A parameter as a function reads it: `+` is a space. */
export const readable = (text: string): string => decoded(text.replaceAll('+', ' '));

/** Every value of every query parameter, in the order they were sent. */
export function queryOf({ url }: Pick<ApiRequest, 'url'>, decode: (text: string) => string) {
  const pairs = (url.split(/\?(.*)/s)[1] ?? '').split('&').filter((pair) => pair !== '');
  const parameters = pairs.map((pair) => pair.split(/=(.*)/s).map(decode));
  const byName = Map.groupBy(parameters, ([name = '']) => name);
  return Object.fromEntries(
    [...byName].map(([name, values]) => [name, values.map(([, value = '']) => value)]),
  );
}
