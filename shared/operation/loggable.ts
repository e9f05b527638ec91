import { withoutSecrets } from '../aws/without-secrets.ts';

/** No text of ours is nearly as long; what AWS or a proxy says may be. */
const longestText = 4_000;

/** Every text of a log record goes through here (it is a replacer of JSON): no secret, and no endless one. */
export function loggable(_key: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const text = withoutSecrets(value);
  return text.length > longestText ? `${text.slice(0, longestText)}…` : text;
}
