import { MemoryStore } from '../../../support/fakes/memory-store.ts';
import { resourceRelationsSuite, suiteRules } from '../../../support/resource-relations-suite.ts';
import { resourceStoreSuite } from '../../../support/resource-store-suite.ts';

const store = new MemoryStore({}, suiteRules);
resourceStoreSuite('the store in memory', () => store);
resourceRelationsSuite('the store in memory', () => store);
