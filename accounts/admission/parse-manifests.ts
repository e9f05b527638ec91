import { isObject, type JsonObject } from './json-object.ts';
import { yamlDocuments } from './yaml.ts';

/** What somebody wants, as it was written, and where it was found. */
export interface Manifest {
  /** Such as `pool.yaml, document 2`. */
  where: string;
  content: JsonObject;
}

/** All manifests of a text, and what could not be read of it. */
export interface Manifests {
  manifests: Manifest[];
  problems: string[];
}

/** `AccountList` has Accounts; in a `List` each says itself what it is. */
function itemsOf({ apiVersion, kind, items }: JsonObject & { items: unknown[] }): unknown[] {
  const itemKind = String(kind).slice(0, -'List'.length);
  const fallback = itemKind ? { apiVersion, kind: itemKind } : {};
  return items.map((item) => (isObject(item) ? { ...fallback, ...item } : item));
}

const isList = (content: JsonObject): content is JsonObject & { items: unknown[] } =>
  String(content.kind).endsWith('List') && Array.isArray(content.items);

function read(where: string, content: unknown): Manifests {
  if (!isObject(content)) return { manifests: [], problems: [`${where}: a manifest must be an object`] };
  if (!isList(content)) return { manifests: [{ where, content }], problems: [] };
  return together(itemsOf(content).map((item, index) => read(`${where}, item ${index + 1}`, item)));
}

const together = (all: Manifests[]): Manifests => ({
  manifests: all.flatMap(({ manifests }) => manifests),
  problems: all.flatMap(({ problems }) => problems),
});

/**
 * Reads manifests: YAML with any number of documents, or JSON; lists of any kind are taken apart. A document without
 * content is none.
 * @param source what the text is called in problems, such as the file's name
 */
export function parseManifests(text: string, source: string): Manifests {
  const documents = yamlDocuments(text);
  const whereOf = (index: number): string =>
    documents.length === 1 ? source : `${source}, document ${index + 1}`;
  return together(
    documents.map((document, index) => {
      const where = whereOf(index);
      if (document.problem !== undefined)
        return { manifests: [], problems: [`${where}: ${document.problem}`] };
      return document.content === null ? together([]) : read(where, document.content);
    }),
  );
}
