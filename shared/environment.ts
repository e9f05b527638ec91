/** Turns the text of a variable into its value; throws with what is wrong when it cannot. */
type Reader<Value> = (text: string | undefined) => Value;

type Readers = Record<string, Reader<unknown>>;
type Environment<R extends Readers> = { readonly [Name in keyof R]: ReturnType<R[Name]> };

/** A variable that must be set. */
export const required: Reader<string> = (text) => {
  if (!text) throw new Error('is not set');
  return text;
};

/** A variable that may be unset. */
export const optional: Reader<string | undefined> = (text) => text || undefined;

/** A variable that is `true` or `false`; unset is false. */
export const flag: Reader<boolean> = (text) => {
  if (text === undefined || text === '') return false;
  if (text !== 'true' && text !== 'false') throw new Error(`must be true or false, not "${text}"`);
  return text === 'true';
};

/** A variable that is a number of seconds, whole and above 0. */
export const seconds: Reader<number> = (text) => {
  if (!/^[1-9]\d*$/.test(text ?? ''))
    throw new Error(`must be a whole number of seconds, not "${text ?? ''}"`);
  return Number(text);
};

/** A variable that lists values with commas between them; unset is an empty list. */
export const list: Reader<string[]> = (text = '') =>
  text
    .split(',')
    .map((value) => value.trim())
    .filter((value) => value !== '');

/**
 * Reads the named variables, the only place of the product that looks at `process.env`.
 * @throws Error that names every variable that is missing or wrong, not just the first.
 */
export function readEnvironment<R extends Readers>(readers: R, source = process.env): Environment<R> {
  const problems: string[] = [];
  const read = ([name, reader]: [string, Reader<unknown>]) => {
    try {
      return [name, reader(source[name])];
    } catch (error) {
      problems.push(`${name} ${(error as Error).message}`);
      return [name, undefined];
    }
  };
  const values = Object.fromEntries(Object.entries(readers).map(read));
  if (problems.length > 0) {
    throw new Error(`the function's environment is incomplete: ${problems.join('; ')}. Deploy it again`);
  }
  return values as Environment<R>;
}

/** The whole environment, for a program that is started with it. */
export const wholeEnvironment = (): NodeJS.ProcessEnv => ({ ...process.env });

/** What every operation reads: see `shared/operation/`. */
export const operationVariables = {
  /** Version of this product the function was deployed from. */
  ROSA_VERSION: required,
  /** Whether X-Ray tracing is on; only then is its SDK loaded. */
  ROSA_TRACING: flag,
};

export type OperationEnvironment = Environment<typeof operationVariables>;
