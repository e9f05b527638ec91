import type { NetworkTopology } from '../../schemas/generated/network-verifier-result.js';
import type { LambdaFunctions } from '../release/lambda-functions.ts';
import { type Answer, answerOf, type Question } from './ask-function.ts';
import { FunctionFailure } from './function-failure.ts';

/** An answer with what is drawn of the network, or with a sentence that says why there is nothing to draw. */
export interface AnswerToDraw<Result> extends Answer<Result> {
  topology?: NetworkTopology;
  undrawn?: string;
}

const update =
  'Bring this release to it with "rosactl update-lambdas" and "rosactl promote-lambdas", and ask again.';

/**
 * Asks the network verifier to describe the network beside verifying it. A function of an older release does not know
 * that wish and refuses the request: it is asked again without it, and what else is wrong with the request comes then.
 * @throws what `answerOf` throws
 */
export async function answerToDraw<Result>(
  functions: LambdaFunctions,
  question: Question,
): Promise<AnswerToDraw<Result>> {
  const where = `${question.name}:${question.alias}`;
  const wish = { ...question, request: { ...question.request, include_topology: true } };
  try {
    const answer = await answerOf<Result & { topology?: NetworkTopology }>(functions, wish);
    const { topology } = answer.result;
    if (topology) return { ...answer, topology };
    return { ...answer, undrawn: `There is no drawing: ${where} did not describe the VPC. ${update}` };
  } catch (error) {
    if (!(error instanceof FunctionFailure && error.errorType === 'InvalidRequestError')) throw error;
    const answer = await answerOf<Result>(functions, question);
    const undrawn = `There is no drawing: ${where} is of a release that cannot describe a VPC yet. ${update}`;
    return { ...answer, undrawn };
  }
}
