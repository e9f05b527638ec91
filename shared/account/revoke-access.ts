import { unlessMissing } from '../aws/aws-call-error.ts';
import { type AccessRole, accessRoleName, closedBoundary } from '../customer-stack/access-role.ts';
import { functionsOf } from '../customer-stack/components.ts';
import type { LambdaFunctions } from '../release/lambda-functions.ts';
import { platformEntryIn } from '../release/platform-entry.ts';
import { type Stage, stages } from '../release/stages.ts';
import type { Tasks } from '../tasks.ts';
import type { Caller } from './caller.ts';

/** What revoking needs of the world. */
export interface RevocationDependencies {
  region: string;
  functions: LambdaFunctions;
  accessRole: AccessRole;
  tasks: Tasks;
  caller(): Promise<Caller>;
}

/** The function itself has a policy of its own, which lets in to all of its versions. */
const places = [...stages, undefined];

/** What became of one way in. */
export interface RevokedAccess {
  /** Of the function, or of the role that the platform assumes. */
  name: string;
  /** The stage; absent: the function itself, or the role. */
  stage?: Stage;
  /** Statements that were removed, or 1 for a role that was closed; 0 when nobody could come in. */
  removed: number;
}

/** A way in to the functions, and how it is closed. */
interface WayIn {
  place: string;
  close(): Promise<RevokedAccess>;
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

/** Sessions of a role go on for an hour, whatever becomes of its trust policy; a boundary ends what they may do. */
async function closeRole({ accessRole, caller, region }: RevocationDependencies): Promise<RevokedAccess> {
  const name = accessRoleName(region);
  const found = await accessRole.describe(name);
  const closed = closedBoundary((await caller()).partition);
  if (!found || found.boundaryArn === closed) return { name, removed: 0 };
  await accessRole.bound(name, closed);
  return { name, removed: 1 };
}

function waysIn(dependencies: RevocationDependencies, parameters: Record<string, string>): WayIn[] {
  const { functions, region } = dependencies;
  const names = functionsOf(region, parameters).map(({ name }) => name);
  const policies = names.flatMap((name) =>
    places.map((stage) => ({
      place: [name, stage].filter(Boolean).join(':'),
      close: () => revoke(functions, name, stage),
    })),
  );
  if (platformEntryIn(parameters).authentication !== 'assume-role') return policies;
  return [...policies, { place: accessRoleName(region), close: () => closeRole(dependencies) }];
}

/**
 * Closes every way in to the functions, by their aliases, by themselves and by the role that the platform assumes;
 * what runs stays. All are tried even when one cannot be closed: this is for the hour in which the caller's role is in
 * the wrong hands.
 * @param parameters those of the stack
 * @throws AggregateError when one could not be closed; it says which
 */
export async function revokeAccess(
  dependencies: RevocationDependencies,
  parameters: Record<string, string>,
): Promise<RevokedAccess[]> {
  return dependencies.tasks.run('Remove the permissions to invoke the functions', async () => {
    const ways = waysIn(dependencies, parameters);
    const outcomes = await Promise.allSettled(ways.map(({ close }) => close()));
    const failures = outcomes.flatMap((outcome, index) =>
      outcome.status === 'rejected' ? [{ place: ways[index]?.place, error: outcome.reason }] : [],
    );
    const [first] = failures;
    if (first) {
      const where = failures.map(({ place }) => place).join(', ');
      throw new AggregateError(
        failures.map(({ error }) => error),
        `${where} may still be used from outside: ${first.error.message}`,
        { cause: first.error },
      );
    }
    return outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  });
}
