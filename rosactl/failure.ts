import { AwsCallError } from '../shared/aws/aws-call-error.ts';
import { nextStep } from '../shared/platform-api/next-step.ts';
import { PlatformApiError } from '../shared/platform-api/platform-api-error.ts';
import { FunctionFailure } from '../shared/verification/function-failure.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';

/** A failure as a person is told of it: what happened, and what to do next. */
export interface Failure {
  /** Stable name for scripts, such as `Refused`. */
  code: string;
  message: string;
  next: string;
  exitCode: ExitCode;
}

type Advice = Pick<Failure, 'next' | 'exitCode'>;

const signIn: Advice = {
  next: 'Sign in again or choose other credentials with --profile',
  exitCode: exitCodes.credentials,
};

const again = 'Run the same command again; it goes on where it stopped';

const credentialErrors = /^(CredentialsProviderError|TokenProviderError)$/;

function awsAdvice({ failure, action, code }: AwsCallError): Advice {
  if (failure === 'denied') {
    return {
      next: `Ask for the permission ${action}, or use other credentials`,
      exitCode: exitCodes.credentials,
    };
  }
  if (failure === 'unauthenticated' || credentialErrors.test(code)) return signIn;
  return { next: again, exitCode: exitCodes.aws };
}

const platformApiAdvice = (error: PlatformApiError): Advice => ({
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
  next,
  exitCode: exitByErrorType[errorType] ?? exitCodes.no,
});

/** What to do about the errors that are told apart by their name alone. */
const adviceByName: Record<string, Advice> = {
  UsageError: { next: '"rosactl --help" lists commands and flags', exitCode: exitCodes.usage },
  Declined: { next: 'Nothing was changed', exitCode: exitCodes.declined },
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
  CredentialsProviderError: signIn,
  TokenProviderError: signIn,
};

const ourFault: Advice = {
  next: 'This is a fault of rosactl. Report it with the command you ran',
  exitCode: exitCodes.fault,
};

/** What to do about several failures at once is what to do about the first. */
const firstOf = (error: unknown): unknown =>
  error instanceof AggregateError && error.cause instanceof Error ? error.cause : error;

/** Turns what a command threw into what a person and a script are told. */
export function failureOf(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  const first = firstOf(error);
  if (first instanceof AwsCallError) return { code: first.code, message, ...awsAdvice(first) };
  if (first instanceof PlatformApiError) return { code: first.code, message, ...platformApiAdvice(first) };
  if (first instanceof FunctionFailure) return { code: first.errorType, message, ...functionAdvice(first) };
  const name = first instanceof Error ? first.name : 'Error';
  return { code: name, message, ...(adviceByName[name] ?? ourFault) };
}

/** The chain of causes of an error, outermost first, for `--verbose`. */
export function causesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  return [error.stack ?? error.message, ...causesOf(error.cause)];
}
