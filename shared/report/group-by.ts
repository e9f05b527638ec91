/**
 * The items by key, in the order in which keys are first seen. Node 20, which rosactl has to run on, has no Map.groupBy:
 * https://nodejs.org/en/blog/announcements/v21-release-announce
 */
export function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
