import { withoutSecrets } from '../aws/without-secrets.ts';

/** No text of ours is nearly as long; what AWS or a proxy says may be. */
const longestText = 4_000;

/** A text as it may be logged: with no secret in it, and with an end. */
export function loggableText(text: string): string {
  const clean = withoutSecrets(text);
  return clean.length > longestText ? `${clean.slice(0, longestText)}…` : clean;
}

/** Every text of a log record goes through here, as JSON's replacer. */
export const loggable = (_key: string, value: unknown): unknown =>
  typeof value === 'string' ? loggableText(value) : value;
