/** A function that does its work at the first call and gives every caller the same outcome. */
export function once<Value>(work: () => Value): () => Value {
  let outcome: { value: Value } | undefined;
  return () => {
    outcome ??= { value: work() };
    return outcome.value;
  };
}
