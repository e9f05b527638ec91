import { accountRules } from '../../../accounts/resources/account-rules.ts';
import { selectionKey, selectionOf } from '../../../shared/resources/kind-rules.ts';
import { keyOf, type Resource } from '../../../shared/resources/resource.ts';
import type {
  IndexedResource,
  ResourceStore,
  SelectRequest,
} from '../../../shared/resources/resource-store.ts';
import type { MemoryStore, StoredChange } from '../../support/fakes/memory-store.ts';
import type { Call } from '../engine/attempt.ts';
import type { Random } from '../engine/random.ts';

/** Most writes of which an index has not heard yet. */
const mostLate = 30;

/** What an index shows that has heard of these changes. */
function shown(changes: readonly StoredChange[], { kind, selection }: SelectRequest): IndexedResource[] {
  const resources = new Map<string, Resource>();
  for (const { before, after } of changes) {
    const { metadata } = (after ?? before) as Resource;
    const name = `${(after ?? before)?.kind}/${metadata.namespace}/${metadata.name}`;
    if (after) resources.set(name, after);
    else resources.delete(name);
  }
  const wanted = selectionKey(kind, selection);
  return [...resources.values()]
    .filter((resource) => resource.kind === kind && selectionOf(accountRules, resource) === wanted)
    .map((resource) => ({ ...keyOf(resource), labels: {}, uid: resource.metadata.uid }));
}

/** A store whose index is late, each time by another number of writes: what it has shown, it may show no more. */
export function withLateIndex(
  store: ResourceStore,
  { call, random, isLate }: { call: Call; random: Random; isLate(): boolean },
): ResourceStore {
  const { changes } = store as MemoryStore;
  const select = (request: SelectRequest) =>
    !isLate()
      ? store.select(request)
      : call(`store:select ${request.selection}`, () => {
          const behind = random.integer(0, mostLate);
          return shown(changes.slice(0, Math.max(0, changes.length - behind)), request);
        });
  return new Proxy(store, {
    get: (target, name) => (name === 'select' ? select : target[name as keyof ResourceStore]),
  });
}
