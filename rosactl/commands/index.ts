import type { Command } from '../command.ts';
import { promoteLambdas } from './promote-lambdas.ts';
import { rollbackLambdas } from './rollback-lambdas.ts';
import { status } from './status.ts';
import { testLambda } from './test-lambda.ts';

/** The commands, in the order of the help. A new one is one file and one line here. */
export const commands: readonly Command[] = [status, testLambda, promoteLambdas, rollbackLambdas];
