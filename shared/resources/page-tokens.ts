import { createHash } from 'node:crypto';
import { type ListRequest, PageTokenError } from './resource-store.ts';

type WhichList = Pick<ListRequest, 'kind' | 'namespace'>;

/** Hexadecimal digits of the check: enough to tell a mistake, and nobody gains from getting past it. */
const checkDigits = 16;

/**
 * Ties a position to its list. It is no secret and no permission: a list shows its own namespace whatever the token
 * says, so there is no key in it.
 */
const checkOf = ({ kind, namespace }: WhichList, name: string): string =>
  createHash('sha256')
    .update(JSON.stringify([kind, namespace, name]))
    .digest('hex')
    .slice(0, checkDigits);

/** The token of the page that begins after a name. */
export const pageTokenAfter = (list: WhichList, name: string): string =>
  Buffer.from(checkOf(list, name) + name).toString('base64url');

/** The name after which the page begins. @throws PageTokenError when the token is not of this list */
export function positionOf(list: WhichList, pageToken: string): string {
  const text = Buffer.from(pageToken, 'base64url').toString();
  const name = text.slice(checkDigits);
  if (pageTokenAfter(list, name) !== pageToken) {
    throw new PageTokenError('the page token was not given by this list. Ask for the first page without one');
  }
  return name;
}
