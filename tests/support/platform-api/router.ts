import type { ApiVersion } from '../../../shared/platform-api/versions.ts';
import { gatewayRefusal, refusal, type TestAnswer } from './answers.ts';

/** A request whose sender is known. */
export interface TestRequest {
  version: ApiVersion;
  accountId: string;
  callerArn: string;
  /** What the route's pattern caught: an account's or cluster's id. */
  id: string;
  query: URLSearchParams;
  /** Parsed JSON; undefined when there was none. */
  body: unknown;
}

/** One thing the test API can do. */
export interface Route {
  method: string;
  /** Of the path after `/api/<version>`. */
  path: RegExp;
  answer(request: TestRequest): TestAnswer;
}

/** The path of a request without stage, split in version and rest. */
const apiPath = /^(?:\/prod)?\/api\/(v0|v1)(\/.*)$/;

function parsed(body: string): { value: unknown } | undefined {
  try {
    return { value: body === '' ? undefined : JSON.parse(body) };
  } catch {
    return undefined;
  }
}

/** The answer of the first route that fits. API Gateway says the same of unknown paths as of missing signatures. */
export function route(
  routes: Route[],
  { method, path, body }: { method: string; path: string; body: string },
  accountId: string,
): TestAnswer {
  const url = new URL(path, 'http://127.0.0.1');
  const [, version, rest = ''] = apiPath.exec(url.pathname) ?? [];
  if (!version) return gatewayRefusal('MissingAuthenticationTokenException', 'Missing Authentication Token');
  const found = routes.find((known) => known.method === method && known.path.test(rest));
  if (!found) return refusal(404, 'ROUTE-001', 'route not found');
  const json = parsed(body);
  if (!json) return refusal(400, 'CLUSTERS-MGMT-CREATE-001', 'Invalid request body');
  return found.answer({
    version: version as ApiVersion,
    accountId,
    callerArn: `arn:aws:sts::${accountId}:assumed-role/Tester/test`,
    id: decodeURIComponent(found.path.exec(rest)?.[1] ?? ''),
    query: url.searchParams,
    body: json.value,
  });
}
