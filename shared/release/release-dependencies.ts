import type { RetryPolicy } from '../retry.ts';
import type { Tasks } from '../tasks.ts';
import type { LambdaFunctions } from './lambda-functions.ts';

/** What a release needs of the world. */
export interface ReleaseDependencies {
  functions: LambdaFunctions;
  /** How long to wait for a fresh role before a smoke test counts as failed. */
  retryPolicy: RetryPolicy;
  /** Shows each step. */
  tasks: Tasks;
}
