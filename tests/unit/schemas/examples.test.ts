import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import type { Validator } from '../../../schemas/validator.ts';

const folder = new URL('../../../schemas/', import.meta.url);

interface Schema {
  $id: string;
  type?: string;
  description?: string;
  examples?: unknown[];
  required?: string[];
  additionalProperties?: boolean;
  properties?: Record<string, Schema>;
  items?: Schema;
  $defs?: Record<string, Schema>;
  $ref?: string;
}

const read = async (file: string): Promise<Schema> =>
  JSON.parse(await readFile(new URL(file, folder), 'utf8'));

const files = (await readdir(folder)).filter((file) => file.endsWith('.schema.json'));
const schemas = await Promise.all(files.map(read));
const messages = schemas.filter(({ type }) => type === 'object');

const validatorOf = async ({ $id }: Schema): Promise<Validator<unknown>> =>
  (await import(`../../../schemas/generated/${$id.replace('.schema.json', '')}.js`)).validate;

/** Every schema within a schema, itself included. */
const within = (schema: Schema): Schema[] => [
  schema,
  ...[
    ...Object.values(schema.properties ?? {}),
    ...Object.values(schema.$defs ?? {}),
    ...(schema.items ? [schema.items] : []),
  ].flatMap(within),
];

describe.each(messages.map((schema): [string, Schema] => [schema.$id, schema]))('%s', (_id, schema) => {
  it('has examples, which it accepts', async () => {
    const validate = await validatorOf(schema);
    expect(schema.examples?.length).toBeGreaterThan(0);
    for (const example of schema.examples ?? []) {
      expect({ example, valid: validate(example), errors: validate.errors }).toMatchObject({ valid: true });
    }
  });

  it('refuses an unknown field and a missing one', async () => {
    const validate = await validatorOf(schema);
    const [example] = schema.examples ?? [];
    expect(validate({ ...(example as object), unknown_field: 1 })).toBe(false);
    for (const field of schema.required ?? []) {
      expect(validate({ ...(example as object), [field]: undefined })).toBe(false);
    }
  });

  it('describes every field', () => {
    const fields = within(schema).flatMap(({ properties = {} }) => Object.entries(properties));
    const silent = fields.filter(([, { description, $ref }]) => !description && !$ref);
    expect(silent.map(([name]) => name)).toEqual([]);
  });
});

describe('the smoke request of each function', () => {
  it.each(['oidc-provisioner', 'preflight-checker', 'network-verifier'])(
    'is a dry run %s accepts',
    async (name) => {
      const url = new URL(`../../../functions/${name}/smoke-request.json`, import.meta.url);
      const request = JSON.parse(await readFile(url, 'utf8'));
      const schema = schemas.find(({ $id }) => $id === `${name}-request.schema.json`);
      if (!schema) throw new Error(`there is no request schema of ${name}`);
      expect((await validatorOf(schema))(request)).toBe(true);
      expect(request.dry_run).toBe(true);
    },
  );
});
