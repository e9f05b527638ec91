import { AwsCallError } from '../shared/aws/aws-call-error.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';

/** A failure as a person is told of it: what happened, and what to do next. */
export interface Failure {
  /** Stable name for scripts, such as `Refused`. */
  code: string;
  message: string;
  next: string;
  exitCode: ExitCode;
}

const credentialErrors = /^(CredentialsProviderError|TokenProviderError)$/;

function awsFailure(error: AwsCallError): Pick<Failure, 'next' | 'exitCode'> {
  if (error.failure === 'denied') {
    return {
      next: `Ask for the permission ${error.action}, or use other credentials`,
      exitCode: exitCodes.credentials,
    };
  }
  if (error.failure === 'unauthenticated' || credentialErrors.test(error.code)) {
    return {
      next: 'Sign in again or choose other credentials with --profile',
      exitCode: exitCodes.credentials,
    };
  }
  return { next: 'Run the same command again; nothing is left half done', exitCode: exitCodes.aws };
}

/** Turns what a command threw into what a person and a script are told. */
export function failureOf(error: unknown): Failure {
  const { name: code, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
  if (error instanceof AwsCallError) return { code: error.code, message, ...awsFailure(error) };
  if (code === 'Refused') {
    return { code, message, next: '"rosactl status" shows what runs now', exitCode: exitCodes.no };
  }
  if (code === 'SmokeTestFailure') {
    return {
      code,
      message,
      next: 'Aliases are where they were. Mend it, deploy, and try again',
      exitCode: exitCodes.no,
    };
  }
  if (credentialErrors.test(code)) {
    return {
      code,
      message,
      next: 'Sign in or choose credentials with --profile',
      exitCode: exitCodes.credentials,
    };
  }
  return {
    code,
    message,
    next: 'This is a fault of rosactl. Report it with the command you ran',
    exitCode: exitCodes.fault,
  };
}
