import { readFileSync } from 'node:fs';
import fc, { type Arbitrary } from 'fast-check';

/** The keywords of JSON Schema that the schemas of requests use. */
interface Schema {
  $ref?: string;
  type?: 'string' | 'integer' | 'boolean' | 'array' | 'object';
  pattern?: string;
  minimum?: number;
  maximum?: number;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  maxProperties?: number;
}

const read = (file: string): Schema =>
  JSON.parse(readFileSync(new URL(`../../schemas/${file}`, import.meta.url), 'utf8'));

/** What a reference such as `file.json#/properties/vpc_id` points to. */
function resolve(ref: string, file: string): { schema: Schema; file: string } {
  const [name, pointer = ''] = ref.split('#');
  const target = name || file;
  const steps = pointer.split('/').slice(1);
  const schema = steps.reduce((inner, key) => (inner as never)[key], read(target) as unknown);
  return { schema: schema as Schema, file: target };
}

/** Texts of a pattern; a look-ahead, which only bounds the length, is left to the caller. */
const texts = (pattern: string): Arbitrary<string> =>
  fc.stringMatching(new RegExp(pattern.replace(/\(\?=[^)]*\)/, '')));

function arbitraryObject(schema: Schema, file: string): Arbitrary<unknown> {
  const { properties, additionalProperties: others, required = [], maxProperties = 200 } = schema;
  if (!properties && typeof others === 'object')
    return fc.dictionary(fc.string(), arbitraryOf(others, file), { maxKeys: Math.min(maxProperties, 30) });
  const fields = Object.entries(properties ?? {}).map(([name, field]) => [name, arbitraryOf(field, file)]);
  return fc.record(Object.fromEntries(fields), { requiredKeys: required as never[] });
}

function arbitraryOf(schema: Schema, file: string): Arbitrary<unknown> {
  if (schema.$ref) {
    const target = resolve(schema.$ref, file);
    return arbitraryOf(target.schema, target.file);
  }
  if (schema.type === 'boolean') return fc.boolean();
  if (schema.type === 'integer') return fc.integer({ min: schema.minimum, max: schema.maximum });
  if (schema.type === 'string') return texts(schema.pattern ?? '^.*$');
  if (schema.type === 'object') return arbitraryObject(schema, file);
  if (!schema.items) throw new Error(`no request can be made up for ${JSON.stringify(schema).slice(0, 80)}`);
  const { minItems: minLength, maxItems: maxLength } = schema;
  return fc.array(arbitraryOf(schema.items, file), { minLength, maxLength, size: 'max' });
}

/** Requests of the shape a schema asks for, from the least it takes to the most, made from the schema itself. */
export const arbitraryRequest = (operation: string): Arbitrary<unknown> => {
  const file = `${operation}-request.schema.json`;
  return arbitraryOf(read(file), file);
};
