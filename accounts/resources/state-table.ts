/** The states of a kind: what each means, and where a resource may go from it. `''`: it has none yet. */
export type StateTable<State extends string> = Record<State, { meaning: string; next: readonly State[] }>;

/** Whether a resource may go from one state to another; it may always stay. */
export const mayGo = <State extends string>(table: StateTable<State>, from: State, to: State): boolean =>
  from === to || table[from].next.includes(to);

/**
 * A status in another state.
 * @param before the status as it is; undefined when nobody has looked at the resource yet
 * @throws Error when there is no way from the one to the other: the caller has a fault
 */
export function inState<State extends string, Status extends { state: NoInfer<State> }>(
  table: StateTable<State>,
  before: { state?: NoInfer<State> } | undefined,
  after: Status,
): Status {
  const from = before?.state ?? ('' as State);
  if (mayGo(table, from, after.state)) return after;
  throw new Error(`there is no way from state "${from}" to "${after.state}"`);
}
