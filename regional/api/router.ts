import { type Answer, refusal } from './answer.ts';
import type { Work } from './bodies.ts';

/** An operation of the API and where it is found. */
export interface Route {
  /** As the OpenAPI document names it. */
  operationId: string;
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** `{name}` stands for whatever is between two slashes. */
  path: string;
  /** The parameters it takes after the question mark. */
  query?: readonly string[];
  /** Whether it asks for no identity. */
  isForAnyone?: boolean;
  answer: Work;
}

/** A route, and what stands in its path. */
interface Found {
  route: Route;
  parameters: Record<string, string>;
}

const nameIn = (segment: string): string | undefined => /^\{(\w+)\}$/.exec(segment)?.[1];

/** What stands in a path in the place of each `{name}`; undefined when it is not this path. */
function parametersIn(pattern: string, path: string): Record<string, string> | undefined {
  const [wanted, given] = [pattern.split('/'), path.split('/')];
  const fits = (segment: string, at: number) => (nameIn(segment) ? given[at] !== '' : given[at] === segment);
  if (wanted.length !== given.length || !wanted.every(fits)) return undefined;
  return Object.fromEntries(
    wanted.flatMap((segment, at) => {
      const name = nameIn(segment);
      return name ? [[name, given[at] ?? '']] : [];
    }),
  );
}

const noSuchPath = refusal(404, 'ROUTE-001', 'there is no such path; those of this API begin with /api/v1/');

/** The route of a request, or the refusal of one that has none. */
export function findRoute(routes: readonly Route[], method: string, path: string): Found | Answer {
  const there = routes.flatMap((route) => {
    const parameters = parametersIn(route.path, path);
    return parameters ? [{ route, parameters }] : [];
  });
  const found = there.find(({ route }) => route.method === method);
  if (found) return found;
  if (there.length === 0) return noSuchPath;
  const allow = there.map(({ route }) => route.method).join(', ');
  return { ...refusal(405, 'ROUTE-002', `this path takes ${allow}`), headers: { allow } };
}
