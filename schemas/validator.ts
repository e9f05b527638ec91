/** One thing a validator found wrong; the fields are ajv's: https://ajv.js.org/api.html#error-objects */
export interface SchemaError {
  /** JSON pointer to the value, such as `/subnet_ids/0`; empty for the message itself. */
  instancePath: string;
  keyword: string;
  params: Record<string, unknown>;
  message?: string;
  parentSchema?: { description?: string };
}

/** A validator compiled from a schema in this folder. */
export interface Validator<Message> {
  (value: unknown): value is Message;
  errors?: SchemaError[] | null;
}
