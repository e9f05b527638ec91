import { describe, expect, it } from '@jest/globals';
import { routes } from '../../../regional/api/routes.ts';
import {
  documentedOperations,
  type Node,
  partsOf,
  platformApiDocument,
  resolved,
  validatorOf,
} from '../../support/platform-api-document.ts';

/** A schema with examples beside it, and where. */
interface Exampled {
  at: string;
  schema: Node;
  examples: unknown[];
}

/** All places of the document where examples stand beside a schema. */
function exampled(node: unknown, at = '#'): Exampled[] {
  if (typeof node !== 'object' || node === null) return [];
  const { schema, example, examples } = node as Node;
  const inner = Object.entries(node)
    .filter(([name]) => name !== 'examples' && name !== 'example')
    .flatMap(([name, value]) => exampled(value, `${at}/${name}`));
  const given = partsOf(examples).map(([, { value }]) => value);
  const all = example === undefined ? given : [...given, example];
  return schema ? [{ at, schema, examples: all }, ...inner] : inner;
}

const references = (node: unknown): string[] => {
  if (typeof node !== 'object' || node === null) return [];
  const { $ref } = node as { $ref?: unknown };
  return [...(typeof $ref === 'string' ? [$ref] : []), ...Object.values(node).flatMap(references)];
};

describe('the OpenAPI document', () => {
  it('has an operation for every route, with the same method, path and parameters', () => {
    const described = documentedOperations.map(({ operationId, method, path, query }) => ({
      operationId,
      method,
      path: `/api/v1${path}`,
      query,
    }));
    const served = routes.map(({ operationId, method, path, query = [] }) => ({
      operationId,
      method,
      path,
      query: [...query],
    }));
    const byId = <Named extends { operationId: string }>(all: Named[]): Named[] =>
      all.toSorted((a, b) => a.operationId.localeCompare(b.operationId));
    expect(byId(described)).toEqual(byId(served));
  });

  it('has a path parameter for every name in a path', () => {
    for (const [path, item] of partsOf(platformApiDocument.paths)) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const described = partsOf(item.parameters).map(([, one]) => String(resolved(one).name));
      expect(described).toEqual(named);
    }
  });

  it('has no reference that leads nowhere', () => {
    const all = new Set(references(platformApiDocument));
    expect(all.size).toBeGreaterThan(20);
    for (const $ref of all) {
      if ($ref.startsWith('#/')) expect(resolved({ $ref } as Node)).toBeDefined();
      else expect(() => validatorOf({ $ref } as Node)).not.toThrow();
    }
  });

  it('has no component that nothing refers to, but for what any request may be answered', () => {
    const used = new Set(references(platformApiDocument));
    const components = partsOf(platformApiDocument.components)
      .filter(([kind]) => kind !== 'securitySchemes')
      .flatMap(([kind, named]) => Object.keys(named).map((name) => `#/components/${kind}/${name}`));
    expect(components.filter((one) => !used.has(one))).toEqual([
      '#/components/responses/TooManyRequests',
      '#/components/responses/NoSuchPath',
      '#/components/responses/NoSuchMethod',
    ]);
  });

  it('has an example of every body, header and parameter, which its schema accepts', () => {
    const places = exampled(platformApiDocument).filter(({ at }) => !at.endsWith('/Allow'));
    expect(places.length).toBeGreaterThan(40);
    for (const { at, schema, examples } of places) {
      expect({ at, examples: examples.length }).not.toEqual({ at, examples: 0 });
      const validate = validatorOf(schema);
      for (const example of examples) {
        const valid = validate(example);
        expect({ at, example, valid, errors: validate.errors }).toMatchObject({ valid: true });
      }
    }
  });

  it('tells of every operation what it answers to a wrong query and to the unsigned', () => {
    for (const { operationId, responses } of documentedOperations) {
      expect({ operationId, statuses: Object.keys(responses) }).toMatchObject({
        statuses: expect.arrayContaining(['400', '403']),
      });
    }
  });

  it('tells of every operation with a body what it answers to a wrong one', () => {
    const taking = documentedOperations.filter(({ method }) => method === 'POST' || method === 'PATCH');
    for (const { responses } of taking) {
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(['400', '413', '422']));
    }
  });
});
