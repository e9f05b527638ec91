import { afterAll, beforeAll } from '@jest/globals';
import { brokenSuite } from '../../support/life/broken-suite.ts';
import { deletionSuite } from '../../support/life/deletion-suite.ts';
import { failingSuite } from '../../support/life/failing-suite.ts';
import { fleetSuite } from '../../support/life/fleet-suite.ts';
import { lostPermissionSuite } from '../../support/life/lost-permission-suite.ts';
import { migrationSuite } from '../../support/life/migration-suite.ts';
import { returnSuite } from '../../support/life/return-suite.ts';
import { slowMs, World } from '../../support/life/world.ts';

const world = new World();
beforeAll(() => world.start(), slowMs);
afterAll(() => world.stop());

// The days of one customer, and of the platform, in order: a world takes minutes to make.
migrationSuite(world);
failingSuite(world);
deletionSuite(world);
lostPermissionSuite(world);
brokenSuite(world);
fleetSuite(world);
returnSuite(world);
