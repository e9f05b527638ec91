import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { compile } from 'json-schema-to-typescript';

type Schema = { $id: string; title: string; type?: string };

const folder = fileURLToPath(new URL('.', import.meta.url));
const generated = `${folder}generated/`;

async function readSchemas(): Promise<Schema[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.schema.json'));
  return Promise.all(files.map(async (file) => JSON.parse(await readFile(folder + file, 'utf8'))));
}

/**
 * Compiles a schema to a validator that needs no library at run time. Some keywords (minLength, maxLength,
 * uniqueItems, format) make ajv `require` a helper of its own (https://ajv.js.org/standalone.html): schemas
 * here do without them, a length being part of the pattern.
 */
function validatorSource(schema: Schema, all: Schema[]): string {
  const ajv = new Ajv2020({
    schemas: all,
    allErrors: true,
    verbose: true,
    code: { source: true, esm: true },
  });
  const source = standaloneCode.default(ajv, { validate: schema.$id });
  if (/\brequire\(/.test(source)) throw new Error(`the validator of ${schema.$id} needs a run-time library`);
  return source;
}

const compileTypes = (schema: Schema): Promise<string> =>
  compile(schema as object, schema.title, {
    cwd: folder,
    bannerComment: '',
    format: false,
    ignoreMinAndMaxItems: true,
    unreachableDefinitions: true,
  });

const isMessage = (schema: Schema): boolean => schema.type === 'object';

const validatorType = ({ title }: Schema): string => `
import type { Validator } from '../validator.ts';
/** Says whether a value is a ${title}; what is wrong with it is then in \`errors\`. */
export declare const validate: Validator<${title}>;
`;

/**
 * Writes `generated/<schema>.d.ts` (the types) for every schema, and `.js` (a validator that stands alone) for
 * every message; a schema that only holds definitions for others has no validator.
 */
export async function writeGenerated(): Promise<void> {
  const schemas = await readSchemas();
  await mkdir(generated, { recursive: true });
  await Promise.all(
    schemas.map(async (schema) => {
      const target = generated + basename(schema.$id, '.schema.json');
      const types = await compileTypes(schema);
      await writeFile(`${target}.d.ts`, isMessage(schema) ? types + validatorType(schema) : types);
      if (isMessage(schema)) await writeFile(`${target}.js`, validatorSource(schema, schemas));
    }),
  );
}
