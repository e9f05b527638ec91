import { readFileSync } from 'node:fs';

/** A JSON Schema, as far as pages about fields need it. */
interface Schema {
  type?: string;
  description?: string;
  required?: string[];
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  items?: Schema;
  enum?: string[];
  $ref?: string;
  $defs?: Record<string, Schema>;
}

/** A field of a message, with the fields within it as further ones: `legalEntity.id`, `aws.regions[].name`. */
export interface Field {
  path: string;
  type: string;
  isRequired: boolean;
  description: string;
}

const folder = new URL('../../schemas/', import.meta.url);

const read = (file: string): Schema => JSON.parse(readFileSync(new URL(file, folder), 'utf8'));

/** What a reference stands for, and the file that it is in. */
function resolved(schema: Schema, file: string): { schema: Schema; file: string } {
  if (!schema.$ref) return { schema, file };
  const [target = '', pointer = ''] = schema.$ref.split('#/');
  const where = target || file;
  const found = pointer
    .split('/')
    .reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], read(where));
  const { $ref: _, ...own } = schema;
  // A description beside the reference is about this field; the other is about all of that type.
  return resolved({ ...(found as Schema), ...own }, where);
}

function typeOf({ type = 'object', items, additionalProperties }: Schema, file: string): string {
  if (type === 'array') return `list of ${resolved(items ?? {}, file).schema.type ?? 'object'}s`;
  return type === 'object' && typeof additionalProperties === 'object' ? 'object of strings' : type;
}

function within(schema: Schema, file: string, path: string): Field[] {
  if (schema.properties) return fieldsOf(schema, file, `${path}.`);
  if (!schema.items) return [];
  const item = resolved(schema.items, file);
  return item.schema.properties ? fieldsOf(item.schema, item.file, `${path}[].`) : [];
}

function fieldsOf({ properties = {}, required = [] }: Schema, file: string, prefix = ''): Field[] {
  return Object.entries(properties).flatMap(([name, property]) => {
    const { schema, file: where } = resolved(property, file);
    const path = prefix + name;
    const { description = '' } = schema;
    const field = { path, type: typeOf(schema, where), isRequired: required.includes(name), description };
    return [field, ...within(schema, where, path)];
  });
}

/** The fields of a part of a message, such as `spec`. */
export function fieldsIn(file: string, part: string): Field[] {
  const { schema, file: where } = resolved(read(file).properties?.[part] ?? {}, file);
  return fieldsOf(schema, where);
}
