/** Longest text of others that is worth repeating in a message. */
const longest = 500;

/**
 * A text from outside as a phrase for messages: one line without control characters (they could rule a terminal)
 * or a full stop at the end.
 */
export function plain(text: string, length = longest): string {
  const line = text
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .replace(/\.$/, '');
  return line.length > length ? `${line.slice(0, length)}...` : line;
}
