import type { InstalledFunction } from '../customer-stack/components.ts';
import type { Release } from '../customer-stack/release-manifest.ts';
import { type FunctionFacts, readFacts, type StatusSources } from './function-facts.ts';
import { expectationOf, type FunctionStatus, functionStatus } from './function-status.ts';
import { stagesToHave } from './stage-alias.ts';

/** Which functions, and what they are compared with. */
export interface StatusRequest {
  region: string;
  installed: Pick<InstalledFunction, 'component' | 'name'>[];
  /** Absent when it is not known: then code, settings and roles are not compared. */
  release?: Pick<Release, 'functions'>;
  /** Values of the stack's parameters by name. */
  parameters: Record<string, string>;
}

/**
 * Reads what runs and compares it with what this release would deploy. What may not be read is said, and the rest
 * is shown. One function after the other: Lambda answers 15 of most such calls in a second.
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html#api-requests
 * @throws AwsCallError when no call would be answered, such as with credentials that have expired
 */
export async function accountStatus(
  sources: StatusSources,
  { installed, ...known }: StatusRequest,
): Promise<FunctionStatus[]> {
  const read: { component: string; facts: FunctionFacts }[] = [];
  for (const { component, name } of installed)
    read.push({ component, facts: await readFacts(sources, name) });
  const stages = stagesToHave(read.map(({ facts }) => facts));
  return read.map(({ component, facts }) =>
    functionStatus(component, facts, expectationOf(component, { ...known, stages })),
  );
}
