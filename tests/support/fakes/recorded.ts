interface Call<Methods> {
  name: keyof Methods;
  args: unknown[];
}

/** A fake that remembers its calls and fails on request. */
export type Recorded<Methods extends object> = Methods & {
  /** Every call, in order, as its name and arguments. */
  calls: Call<Methods>[];
  /** Makes the next call of that name (or the next few) reject with the error. */
  fail(name: keyof Methods, error: Error, times?: number): void;
};

type Method = (...args: unknown[]) => Promise<unknown>;

/** Turns plain functions into a fake that remembers its calls. */
export function recorded<Methods extends object>(methods: Methods): Recorded<Methods> {
  const calls: Call<Methods>[] = [];
  const failures: { name: keyof Methods; error: Error }[] = [];
  const record = ([key, method]: [string, Method]): [string, Method] => {
    const name = key as keyof Methods;
    const fake = async (...args: unknown[]) => {
      calls.push({ name, args });
      const index = failures.findIndex((failure) => failure.name === name);
      const [failure] = index < 0 ? [] : failures.splice(index, 1);
      if (failure) throw failure.error;
      return method(...args);
    };
    return [key, fake];
  };
  const fakes = Object.fromEntries(Object.entries(methods).map(record)) as unknown as Methods;
  return {
    ...fakes,
    calls,
    fail: (name, error, times = 1) => {
      failures.push(...Array.from({ length: times }, () => ({ name, error })));
    },
  };
}
