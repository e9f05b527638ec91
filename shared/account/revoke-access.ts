import { unlessMissing } from '../aws/aws-call-error.ts';
import type { LambdaFunctions } from '../release/lambda-functions.ts';
import { type Stage, stages } from '../release/stages.ts';
import type { Tasks } from '../tasks.ts';

/** The function itself has a policy of its own, which lets in to all of its versions. */
const places = [...stages, undefined];

/** What became of one way in to a function. */
export interface RevokedAccess {
  name: string;
  /** The stage; absent: the function itself. */
  stage?: Stage;
  /** Statements that were removed; 0 when nobody could come in. */
  removed: number;
}

async function revoke(functions: LambdaFunctions, name: string, stage?: Stage): Promise<RevokedAccess> {
  const statements = await functions.policy(name, stage);
  const failures: unknown[] = [];
  for (const { Sid } of statements) {
    // One that is missing was removed by someone else in the meantime.
    const removed = unlessMissing(functions.removeStatement(name, stage, Sid));
    await removed.catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw failures[0];
  return { name, stage, removed: statements.length };
}

const wayIn = ({ name, stage }: Partial<RevokedAccess> = {}): string =>
  [name, stage].filter(Boolean).join(':');

/**
 * Removes every permission to invoke the functions, from the aliases and from the functions; what runs stays. All are
 * tried even when one cannot be removed: this is for the hour in which the caller's role is in the wrong hands.
 * @throws AggregateError when one could not be removed; it says which
 */
export async function revokeAccess(
  { functions, tasks }: { functions: LambdaFunctions; tasks: Tasks },
  names: string[],
): Promise<RevokedAccess[]> {
  return tasks.run('Remove the permissions to invoke the functions', async () => {
    const ways = names.flatMap((name) => places.map((stage) => ({ name, stage })));
    const outcomes = await Promise.allSettled(ways.map(({ name, stage }) => revoke(functions, name, stage)));
    const failures = outcomes.flatMap((outcome, index) =>
      outcome.status === 'rejected' ? [{ place: wayIn(ways[index]), error: outcome.reason }] : [],
    );
    const [first] = failures;
    if (first) {
      const where = failures.map(({ place }) => place).join(', ');
      throw new AggregateError(
        failures.map(({ error }) => error),
        `${where} may still be invoked from outside: ${first.error.message}`,
        { cause: first.error },
      );
    }
    return outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  });
}
