/** An object as JSON has it. */
export type JsonObject = Record<string, unknown>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether a field says nothing: it is absent, empty, or an object of such. `false` says something. */
export const isBlank = (value: unknown): boolean =>
  value === undefined || value === '' || (isObject(value) && Object.values(value).every(isBlank));

/** The object without some of its fields. */
export const without = (object: JsonObject, fields: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([field]) => !fields.includes(field)));
