import { type ExitCode, exitCodes } from '../shared/cli/exit-codes.ts';
import { type Advice, again, type Failure, toolFailure } from '../shared/cli/failure.ts';
import { nextStep } from '../shared/platform-api/next-step.ts';
import { PlatformApiError } from '../shared/platform-api/platform-api-error.ts';
import { FunctionFailure } from '../shared/verification/function-failure.ts';

export type { Failure };

const platformApiAdvice = (error: PlatformApiError): Advice => ({
  code: error.code,
  next: nextStep(error),
  exitCode: error.failure === 'denied' ? exitCodes.credentials : exitCodes.platformApi,
});

/** Exit status by the name of a function's error (docs/logging.md); the others are a "no". */
const exitByErrorType: Record<string, ExitCode> = {
  InvalidRequestError: exitCodes.usage,
  AccessDeniedError: exitCodes.credentials,
  ThrottledError: exitCodes.aws,
  DependencyError: exitCodes.aws,
};

const functionAdvice = ({ next, errorType }: FunctionFailure): Advice => ({
  code: errorType,
  next,
  exitCode: exitByErrorType[errorType] ?? exitCodes.no,
});

/** What to do about rosactl's own errors that are told apart by their name alone. */
const adviceByName: Record<string, Advice> = {
  Refused: { next: '"rosactl status" shows what runs now', exitCode: exitCodes.no },
  SmokeTestFailure: {
    next: 'Aliases are where they were. Mend it, deploy, and try again',
    exitCode: exitCodes.no,
  },
  IntegrityError: {
    next: 'Nothing was changed. Install rosactl again, or in a clone run "npm run build"',
    exitCode: exitCodes.no,
  },
  StackFailure: { next: again, exitCode: exitCodes.aws },
};

/** What to do about an error that only rosactl has. */
export function advise(error: unknown): Advice | undefined {
  if (error instanceof PlatformApiError) return platformApiAdvice(error);
  if (error instanceof FunctionFailure) return functionAdvice(error);
  return error instanceof Error ? adviceByName[error.name] : undefined;
}

/** Turns what a command threw into what a person and a script are told. */
export const failureOf = (error: unknown): Failure => toolFailure({ name: 'rosactl', advise }, error);
