import type { Command } from '../command.ts';
import { cleanupAccess } from './cleanup-access.ts';
import { cleanupAccount } from './cleanup-account.ts';
import { completionFor } from './completion.ts';
import { createCluster } from './create-cluster.ts';
import { deleteCluster } from './delete-cluster.ts';
import { describeCluster } from './describe-cluster.ts';
import { init } from './init.ts';
import { listClusters } from './list-clusters.ts';
import { logs } from './logs.ts';
import { migrateAccount } from './migrate-account.ts';
import { promoteLambdas } from './promote-lambdas.ts';
import { rollbackLambdas } from './rollback-lambdas.ts';
import { setupAccount } from './setup-account.ts';
import { status } from './status.ts';
import { testLambda } from './test-lambda.ts';
import { testMigration } from './test-migration.ts';
import { updateLambdas } from './update-lambdas.ts';
import { verifyNetwork } from './verify-network.ts';
import { verifyPreflight } from './verify-preflight.ts';

/** In the order of the help. A new command is one file and one line here. */
const work: readonly Command[] = [
  init,
  setupAccount,
  migrateAccount,
  testMigration,
  status,
  verifyPreflight,
  verifyNetwork,
  createCluster,
  listClusters,
  describeCluster,
  deleteCluster,
  testLambda,
  updateLambdas,
  promoteLambdas,
  rollbackLambdas,
  logs,
  cleanupAccess,
  cleanupAccount,
];

/** All commands. */
export const commands: readonly Command[] = [...work, completionFor(work)];
