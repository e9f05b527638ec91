import { keyOf, type ResourceKey } from '../../shared/resources/resource.ts';
import { ConflictError, type ResourceStore } from '../../shared/resources/resource-store.ts';
import { whileConflicting } from '../../shared/resources/while-conflicting.ts';
import type { Wanted } from '../admission/admit.ts';
import { type Intent, intentOf } from '../admission/change.ts';

/** What came of a manifest. */
export interface Applied {
  key: ResourceKey;
  outcome: 'created' | 'configured' | 'unchanged' | 'refused';
  /** Why it was refused. */
  reasons: string[];
  warnings: string[];
}

interface Applying {
  store: ResourceStore;
  /** Only says what would come of it. */
  dryRun: boolean;
}

const outcomes = {
  create: 'created',
  update: 'configured',
  unchanged: 'unchanged',
  refused: 'refused',
} as const;

/** @throws ConflictError when somebody else was first */
async function write(store: ResourceStore, intent: Intent): Promise<void> {
  if (intent.outcome === 'update') await store.update(intent.resource);
  if (intent.outcome !== 'create') return;
  const { outcome } = await store.create(intent.resource);
  if (outcome !== 'created') throw new ConflictError(keyOf(intent.resource));
}

async function applyOnce({ store, dryRun }: Applying, wanted: Wanted): Promise<Applied> {
  const key = keyOf(wanted.resource);
  const intent = intentOf(wanted, await store.get(key));
  if (!dryRun) await write(store, intent);
  const [reasons, warnings] = intent.outcome === 'refused' ? [intent.reasons, []] : [[], intent.warnings];
  return { key, outcome: outcomes[intent.outcome], reasons, warnings };
}

/** Makes or changes the resource of a manifest. What somebody else has written meanwhile is read, and it is tried again. */
export const applyManifest = (applying: Applying, wanted: Wanted): Promise<Applied> =>
  whileConflicting(() => applyOnce(applying, wanted));
