import type { CheckerOnWire, Report } from './checker-on-wire.ts';
import { fieldsOf, type Path } from './faults.ts';

/** A field of one of the answers to an action. */
interface AnswerField {
  /** What was asked, for actions that are called more than once. */
  input: string;
  path: Path;
}

/** How an operation uses an action. */
export interface ActionUse {
  action: string;
  /** Whether its answers may come in pages. */
  isPaged: boolean;
  fields: AnswerField[];
  /** The checks that call it when each is run by itself. */
  callers: Set<string>;
}

/** A run without faults, and what it calls. */
export interface Reference {
  healthy: Report;
  uses: ActionUse[];
}

/** Runs the operation once, and then each of its checks by itself. */
export async function referenceOf({ aws, checks, report, alone }: CheckerOnWire): Promise<Reference> {
  const uses = new Map<string, ActionUse>();
  aws.behave(({ call: { action, input, pageToken }, answer }) => {
    const known = uses.get(action) ?? { action, isPaged: !!pageToken, fields: [], callers: new Set() };
    uses.set(action, known);
    const output = answer();
    known.fields.push(...fieldsOf(output).map((path) => ({ input: JSON.stringify(input), path })));
    return output;
  });
  const healthy = await report();
  for (const { name } of checks) {
    aws.behave();
    await alone(name);
    for (const { action } of aws.calls) uses.get(action)?.callers.add(name);
  }
  return { healthy, uses: [...uses.values()] };
}
