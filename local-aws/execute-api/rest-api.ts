import type { PolicyDocument } from '../iam/policy.ts';
import { type Moto, NotInMoto } from '../moto.ts';

/** One method of a resource, and what answers it. */
type ApiMethod = {
  authorizationType: string;
  integrationType: string | null;
  uri: string | null;
  timeoutMs: number | string | null;
};

type Resource = { id: string; path: string; methods: Record<string, ApiMethod> };

/** A REST API as moto has it. */
export type RestApi = {
  id: string;
  accountId: string;
  region: string;
  policy: PolicyDocument | null;
  stages: Record<string, { deploymentId: string; variables: Record<string, string> }>;
  resources: Resource[];
};

/** Where a request leads: the method, and what its path's variables stand for. */
export type Route = {
  resource: Resource;
  method: ApiMethod;
  /** As the resource says it: `ANY` where that is what matched. */
  methodName: string;
  parameters: Record<string, string> | null;
};

/** @returns undefined when there is no such API in any account */
export async function findApi(moto: Moto, apiId: string): Promise<RestApi | undefined> {
  try {
    return await moto.ask<RestApi>('rest-api', { apiId });
  } catch (error) {
    if (error instanceof NotInMoto) return undefined;
    throw error;
  }
}

const isVariable = (part: string) => part.startsWith('{');
const isGreedy = (part: string) => part.endsWith('+}');

/** How narrow a part of a resource's path is: a text before a variable before a variable that takes the rest. */
const rank = (part: string) => Number(isVariable(part)) + Number(isGreedy(part));

const ranks = ({ path }: Resource) => path.split('/').map(rank).join('');
const partsOf = (path: string) => path.split('/').filter((part) => part !== '');

/** What the variables of a resource's path stand for in this path; undefined when it is not that resource's. */
function match(resourcePath: string, path: string): Record<string, string> | undefined {
  const wanted = partsOf(resourcePath);
  const given = partsOf(path);
  const takesRest = wanted.some(isGreedy);
  if (takesRest ? given.length < wanted.length : given.length !== wanted.length) return undefined;
  const pairs = wanted.map((part, index) => {
    const value = isGreedy(part) ? given.slice(index).join('/') : given[index];
    return [part, value ?? ''] as const;
  });
  if (!pairs.every(([part, value]) => isVariable(part) || part === value)) return undefined;
  const variables = pairs.filter(([part]) => isVariable(part));
  return Object.fromEntries(variables.map(([part, value]) => [part.replace(/^\{|\+?\}$/g, ''), value]));
}

/**
 * The method that a path and an HTTP method lead to; the narrowest resource counts.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-settings-method-request.html
 * @param path below the stage, as it was sent
 */
export function findRoute({ resources }: Pick<RestApi, 'resources'>, verb: string, path: string) {
  for (const resource of resources.toSorted((a, b) => (ranks(a) < ranks(b) ? -1 : 1))) {
    const found = match(resource.path, path);
    const methodName = verb in resource.methods ? verb : 'ANY';
    const method = resource.methods[methodName];
    if (!found || !method) continue;
    const parameters = Object.keys(found).length > 0 ? found : null;
    return { resource, method, methodName, parameters } satisfies Route;
  }
  return undefined;
}
