import { AwsCallError } from '../../shared/aws/aws-call-error.ts';
import { exitCodes } from '../../shared/cli/exit-codes.ts';
import type { Advice } from '../../shared/cli/failure.ts';

/** There is no resource of that name. */
export class NotFound extends Error {
  override readonly name = 'NotFound';
}

/** Manifests that cannot be applied; none was. */
export class InvalidManifests extends Error {
  override readonly name = 'InvalidManifests';
}

/** It did not happen in the time that was given. */
export class TimedOut extends Error {
  override readonly name = 'TimedOut';
}

/** What was asked for cannot be done to a resource as it is. */
export class NotPossible extends Error {
  override readonly name = 'NotPossible';
  /** What to do instead. */
  readonly next: string;

  constructor(message: string, next: string) {
    super(message);
    this.next = next;
  }
}

const no = (next: string): Advice => ({ next, exitCode: exitCodes.no });

const adviceByName: Record<string, Advice> = {
  NotFound: no('"accountctl get" shows what there is; -n says in which namespace'),
  InvalidManifests: no('Nothing was done. Mend them and try again'),
  TimedOut: no('It goes on without you. "accountctl describe" shows what it waits for'),
  ConflictError: no('Somebody else keeps changing it. Run the same command again'),
  ResourceTooLargeError: no('Keep less in it and apply it again'),
  InvalidResourceError: no('Mend it and apply it again'),
};

const noTable: Advice = {
  code: 'ResourceNotFoundException',
  next: 'There is no such table here. Deploy accounts/, or give --table, --region and --profile',
  exitCode: exitCodes.aws,
};

/** What to do about an error that only accountctl has. */
export function advise(error: unknown): Advice | undefined {
  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html
  if (error instanceof AwsCallError && error.code === 'ResourceNotFoundException') return noTable;
  if (error instanceof NotPossible) return no(error.next);
  return error instanceof Error ? adviceByName[error.name] : undefined;
}
