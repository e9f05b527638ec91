/** A JSON object whose fields are not known yet. */
export type Fields = Record<string, unknown>;

/** An answer that lacks what it must have; the message names it. */
export class WrongShape extends Error {
  override readonly name = 'WrongShape';
}

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value as a JSON object. @throws WrongShape when it is something else */
export function fieldsOf(value: unknown, what: string): Fields {
  if (!isObject(value)) throw new WrongShape(`${what} is not a JSON object`);
  return value;
}

/** A list of JSON values. @throws WrongShape when it is something else */
export function listOf(value: unknown, what: string): unknown[] {
  if (!Array.isArray(value)) throw new WrongShape(`${what} is not a list`);
  return value;
}

/** A text that must be there. @throws WrongShape when it is missing, empty or something else */
export function text(of: Fields, name: string): string {
  const value = optionalText(of, name);
  if (value === undefined) throw new WrongShape(`the field ${name} is missing`);
  return value;
}

/** A text that may be missing; what is empty or no text counts as missing. */
export function optionalText(of: Fields, name: string): string | undefined {
  const value = of[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A number that must be there. @throws WrongShape when it is missing or something else */
export function number(of: Fields, name: string): number {
  const value = optionalNumber(of, name);
  if (value === undefined) throw new WrongShape(`the field ${name} is missing or no number`);
  return value;
}

/** A number that may be missing; what is no number counts as missing. */
export function optionalNumber(of: Fields, name: string): number | undefined {
  const value = of[name];
  return typeof value === 'number' ? value : undefined;
}

/** The object found by following the names; empty when there is none. */
export function objectAt(value: unknown, ...names: string[]): Fields {
  const found = names.reduce<unknown>((inner, name) => (isObject(inner) ? inner[name] : undefined), value);
  return isObject(found) ? found : {};
}

/** `more` over `base`, object by object; anything but an object is replaced. What is undefined replaces nothing. */
export function merged(base: Fields, more: Fields): Fields {
  const entries = Object.entries(more)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => {
      const old = base[name];
      return [name, isObject(old) && isObject(value) ? merged(old, value) : value];
    });
  return { ...base, ...Object.fromEntries(entries) };
}
