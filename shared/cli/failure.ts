import { AwsCallError } from '../aws/aws-call-error.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';

/** A failure as a person is told of it: what happened, and what to do next. */
export interface Failure {
  /** Stable name for scripts, such as `Refused`. */
  code: string;
  message: string;
  next: string;
  exitCode: ExitCode;
}

/** What to do about a failure; `code` where the error's name is not the one for scripts. */
export type Advice = Pick<Failure, 'next' | 'exitCode'> & { code?: string };

const signIn: Advice = {
  next: 'Sign in again or choose other credentials with --profile',
  exitCode: exitCodes.credentials,
};

export const again = 'Run the same command again; it goes on where it stopped';

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

/** What to do about the errors of every tool that are told apart by their name alone. */
const adviceByName = (tool: string): Record<string, Advice> => ({
  UsageError: { next: `"${tool} --help" lists commands and flags`, exitCode: exitCodes.usage },
  Declined: { next: 'Nothing was changed', exitCode: exitCodes.declined },
  CredentialsProviderError: signIn,
  TokenProviderError: signIn,
});

const ourFault = (tool: string): Advice => ({
  next: `This is a fault of ${tool}. Report it with the command you ran`,
  exitCode: exitCodes.fault,
});

/** What to do about several failures at once is what to do about the first. */
const firstOf = (error: unknown): unknown =>
  error instanceof AggregateError && error.cause instanceof Error ? error.cause : error;

function commonAdvice(tool: string, error: unknown): Advice {
  if (error instanceof AwsCallError) return { code: error.code, ...awsAdvice(error) };
  return (error instanceof Error ? adviceByName(tool)[error.name] : undefined) ?? ourFault(tool);
}

/** Turns what a command of a tool threw into what a person and a script are told. */
export function toolFailure(
  tool: { name: string; advise(error: unknown): Advice | undefined },
  error: unknown,
): Failure {
  const message = error instanceof Error ? error.message : String(error);
  const first = firstOf(error);
  const code = first instanceof Error ? first.name : 'Error';
  return { code, message, ...(tool.advise(first) ?? commonAdvice(tool.name, first)) };
}

/** The chain of causes of an error, outermost first, for `--verbose`. */
export function causesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  return [error.stack ?? error.message, ...causesOf(error.cause)];
}
