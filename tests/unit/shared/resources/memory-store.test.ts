import { MemoryStore } from '../../../support/fakes/memory-store.ts';
import { resourceStoreSuite } from '../../../support/resource-store-suite.ts';

const store = new MemoryStore();
resourceStoreSuite('the store in memory', () => store);
