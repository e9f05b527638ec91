import { keyOf, type ResourceKey } from '../../../shared/resources/resource.ts';
import type { ResourceStore } from '../../../shared/resources/resource-store.ts';
import type { Call } from './attempt.ts';

type AnyMethod = (...input: unknown[]) => unknown;

/** Which resource a call of the store is about, for the trace. */
function aboutOf([first]: unknown[]): string {
  if (Array.isArray(first)) return first.map((step) => ` ${step.do}${aboutOf([step.resource])}`).join(',');
  if (typeof first !== 'object' || first === null) return '';
  const { kind, namespace, name } = (
    'metadata' in first ? keyOf(first as never) : first
  ) as Partial<ResourceKey>;
  return kind ? ` ${kind}/${[namespace, name].filter(Boolean).join('/')}` : '';
}

/** A listing is read as it stands at one moment, which is as good as a listing can be. */
async function* listed(call: Call, name: string, list: () => AsyncIterable<unknown>) {
  yield* await call(name, async () => {
    const all: unknown[] = [];
    for await (const one of list()) all.push(one);
    return all;
  });
}

/** Methods that give one after the other. */
const listings = ['index', 'dependents'];

const isIterable = (value: unknown): value is AsyncIterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value;

/** A store as an invocation sees it: each of its methods is a call. */
export function seenStore<Store extends ResourceStore>(store: Store, call: Call): Store {
  return new Proxy(store, {
    get: (target, name) => {
      const value = target[name as keyof Store];
      if (typeof value !== 'function') return value;
      const method = value.bind(target) as AnyMethod;
      if (listings.includes(String(name))) {
        return (...input: unknown[]) =>
          listed(call, `store:${String(name)}`, () => {
            const result = method(...input);
            if (!isIterable(result)) throw new TypeError(`store.${String(name)} does not list`);
            return result;
          });
      }
      return (...input: unknown[]) => call(`store:${String(name)}${aboutOf(input)}`, () => method(...input));
    },
  });
}
