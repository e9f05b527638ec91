import { keyOf, type Resource, type ResourceKey, sentenceOf } from './resource.ts';

/** What a store does for the resources of a kind beside keeping them. Whoever writes to a table has the same rules. */
export interface KindRules {
  /**
   * The selection a resource belongs to, such as `ready#<pool>`; undefined: to none. It follows from the resource alone,
   * and is written with every change of it.
   */
  selection?(resource: Resource): string | undefined;
  /** What is wrong with a resource that is to be written, in a sentence; undefined when it is fine. */
  problem?(resource: Resource): string | undefined;
}

/** Rules by kind; a kind without any is just kept. */
export type Rules = Readonly<Record<string, KindRules>>;

/** A resource that its kind's rules do not let in. Nothing was written. */
export class InvalidResourceError extends Error {
  override readonly name = 'InvalidResourceError';
  readonly key: ResourceKey;

  constructor(key: ResourceKey, problem: string) {
    super(`${sentenceOf(key)} is not written: ${problem}`);
    this.key = key;
  }
}

/** A selection's name on the index, where those of all kinds are. */
export const selectionKey = (kind: string, selection: string): string => `${kind}#${selection}`;

/** The selection that a resource belongs to, as the index names it. */
export function selectionOf(rules: Rules, resource: Resource): string | undefined {
  const selection = rules[resource.kind]?.selection?.(resource);
  return selection === undefined ? undefined : selectionKey(resource.kind, selection);
}

/** @throws InvalidResourceError */
export function checkRules(rules: Rules, resource: Resource): void {
  const problem = rules[resource.kind]?.problem?.(resource);
  if (problem !== undefined) throw new InvalidResourceError(keyOf(resource), problem);
}
