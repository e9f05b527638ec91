import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

const folder = fileURLToPath(new URL('../../schemas/', import.meta.url));
const read = (file: string) => JSON.parse(readFileSync(folder + file, 'utf8'));

/** A part of the document, or a reference to one. */
// biome-ignore lint/suspicious/noExplicitAny: OpenAPI's grammar is not repeated here; the document is tested.
export type Node = Record<string, any>;

/** An operation as the document has it. */
export interface DocumentedOperation {
  operationId: string;
  method: string;
  /** After `/api/v1`. */
  path: string;
  /** Names of the parameters after the question mark. */
  query: string[];
  /** By status; undefined where there is no body. */
  responses: Record<string, Node | undefined>;
  /** The codes of errors, by status. */
  codes: Record<string, string[]>;
}

/** The contract: schemas/platform-api.openapi.json */
export const platformApiDocument: Node = read('platform-api.openapi.json');

const files = readdirSync(folder).filter((file) => file.endsWith('.schema.json'));
const ajv = new Ajv2020({ schemas: files.map(read), allErrors: true });

/** The named parts of a part. */
export const partsOf = (node: Node | undefined): [string, Node][] =>
  Object.entries((node ?? {}) as Record<string, Node>);

/** What a reference within the document leads to; others lead to schemas, which ajv knows. */
export function resolved(node: Node): Node {
  const { $ref } = node;
  if (!$ref?.startsWith('#/')) return node;
  const found = $ref
    .slice(2)
    .split('/')
    .reduce((inner: Node, name: string) => inner?.[name], platformApiDocument);
  if (!found) throw new Error(`the document has no ${$ref}`);
  return found;
}

/** A validator of one of the document's schemas. */
export const validatorOf = (schema: Node): ValidateFunction => ajv.compile(schema);

const schemaIn = (response: Node): Node | undefined =>
  resolved(response).content?.['application/json']?.schema;

const codesIn = (response: Node): string[] =>
  partsOf(resolved(response).content?.['application/json']?.examples).flatMap(
    ([, { value }]) => value.code ?? [],
  );

const methods = ['get', 'post', 'put', 'patch', 'delete'];

function operationsAt([path, item]: [string, Node]): DocumentedOperation[] {
  return methods.flatMap((method) => {
    const described = item[method];
    if (!described) return [];
    const parameters = [item.parameters, described.parameters].flatMap((list) =>
      partsOf(list).map(([, one]) => resolved(one)),
    );
    const inQuery = parameters.filter((parameter) => String(parameter.in) === 'query');
    const responses = partsOf(described.responses);
    return {
      operationId: String(described.operationId),
      method: method.toUpperCase(),
      path,
      query: inQuery.map(({ name }) => String(name)),
      responses: Object.fromEntries(responses.map(([status, response]) => [status, schemaIn(response)])),
      codes: Object.fromEntries(responses.map(([status, response]) => [status, codesIn(response)])),
    };
  });
}

/** Every operation of the contract. */
export const documentedOperations: DocumentedOperation[] = partsOf(platformApiDocument.paths).flatMap(
  operationsAt,
);

/** What an answer says that the contract does not: an operation's status, an error's code, or the shape of its body. */
export function breaches(operationId: string, status: number, body: unknown): string[] {
  const operation = documentedOperations.find((one) => one.operationId === operationId);
  if (!operation) return [`${operationId} is not documented`];
  if (!(status in operation.responses)) return [`${operationId} may not answer ${status}`];
  const schema = operation.responses[status];
  if (!schema) return body === undefined ? [] : [`${operationId} ${status} has a body`];
  const { code } = (body ?? {}) as { code?: string };
  if (code && !operation.codes[status]?.includes(code))
    return [`${operationId} ${status} may not say ${code}`];
  const validate = validatorOf(schema);
  if (validate(body)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message }) => `${operationId} ${status}: ${instancePath} ${message}`,
  );
}
