/** A tag, as AWS's services write one. */
interface Tag {
  Key?: string;
  Value?: string;
}

/** Tags as a list, for a request. */
export const tagsIn = (tags: Record<string, string>): { Key: string; Value: string }[] =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

/** Tags of an answer by their keys. */
export const tagsFrom = (tags: readonly Tag[] = []): Record<string, string> =>
  Object.fromEntries(tags.flatMap(({ Key, Value = '' }) => (Key ? [[Key, Value]] : [])));
