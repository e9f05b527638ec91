import { type Document, parseAllDocuments } from 'yaml';

/**
 * Truth values of YAML 1.1, which kubectl reads manifests by: https://yaml.org/type/bool.html. One letter alone stays
 * a text.
 */
const truthValue = {
  tag: 'tag:yaml.org,2002:bool',
  default: true,
  test: /^(?:yes|Yes|YES|on|On|ON|no|No|NO|off|Off|OFF)$/,
  resolve: (text: string) => /^(?:yes|on)$/i.test(text),
} as const;

/** A document of a text, or why it cannot be read, and where. */
type Read = { content: unknown; problem?: undefined } | { problem: string };

/** An error's first line: those that follow show a piece of the text. */
const firstLine = (error: Error): { problem: string } => ({ problem: error.message.split('\n')[0] ?? '' });

function read(document: Document.Parsed): Read {
  const [error] = document.errors;
  if (error) return firstLine(error);
  try {
    return { content: document.toJS() };
  } catch (cause) {
    // More aliases than a manifest can need.
    return firstLine(cause as Error);
  }
}

/** The documents of a YAML text; JSON is one, too. */
export const yamlDocuments = (text: string): Read[] =>
  [...parseAllDocuments(text, { customTags: [truthValue], merge: true })].map((document) =>
    read(document as Document.Parsed),
  );
