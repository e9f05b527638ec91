import { AwsCallError } from '../aws/aws-call-error.ts';
import type { InvocationOutcome, LambdaFunctions } from '../release/lambda-functions.ts';
import { Refused } from '../release/refused.ts';
import type { Stage } from '../release/stages.ts';
import { FunctionFailure } from './function-failure.ts';

/** What to ask of which function. */
export interface Question {
  name: string;
  alias: Stage;
  request: object;
}

async function invoke(functions: LambdaFunctions, { name, alias, request }: Question) {
  return functions.invoke(name, alias, request).catch((error: unknown) => {
    if (!(error instanceof AwsCallError && error.failure === 'not-found')) throw error;
    throw new Refused(`there is no ${name}:${alias} to ask: deploy to ${alias} first`, { cause: error });
  });
}

const messageOf = ({ payload }: InvocationOutcome): string =>
  (payload as { errorMessage?: string } | null)?.errorMessage ?? 'it gave no reason';

/** What a function has answered. */
export interface Answer<Result> {
  /** The function itself has checked it against its schema. */
  result: Result;
  /** The version that answered, when Lambda tells it. */
  version?: string | undefined;
}

/**
 * Invokes a function through an alias.
 * @throws FunctionFailure when it answers with an error; Refused when there is no such function or alias; AwsCallError
 */
export async function answerOf<Result>(
  functions: LambdaFunctions,
  question: Question,
): Promise<Answer<Result>> {
  const outcome = await invoke(functions, question);
  if (outcome.errorType === undefined) return { result: outcome.payload as Result, version: outcome.version };
  const where = `${question.name}:${question.alias}`;
  throw new FunctionFailure(where, outcome.errorType, messageOf(outcome));
}

/**
 * Invokes a function through an alias.
 * @returns its result, which the function itself has checked against its schema
 * @throws FunctionFailure when it answers with an error; Refused when there is no such function or alias; AwsCallError
 */
export const askFunction = async <Result>(functions: LambdaFunctions, question: Question): Promise<Result> =>
  (await answerOf<Result>(functions, question)).result;
