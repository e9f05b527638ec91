import { readFileSync } from 'node:fs';

/** What of the OpenAPI document the page is made from. */
interface Response {
  $ref?: string;
  description: string;
  content?: { 'application/json'?: { examples?: Record<string, { value: { code?: string } }> } };
}
interface Operation {
  operationId: string;
  summary: string;
  responses: Record<string, Response>;
}
type PathItem = Partial<Record<'get' | 'post' | 'patch' | 'delete', Operation>>;
interface OpenApiDocument {
  paths: Record<string, PathItem>;
  components: { responses: Record<string, Response> };
}

const file = new URL('../../schemas/platform-api.openapi.json', import.meta.url);
const { paths, components } = JSON.parse(readFileSync(file, 'utf8')) as OpenApiDocument;

const resolved = (response: Response): Response => {
  const name = response.$ref?.split('/').at(-1);
  return (name && components.responses[name]) || response;
};

const isSuccess = (status: string): boolean => status.startsWith('2');

/** The codes that the examples of a response have. */
function codesOf(response: Response): string[] {
  const { content } = resolved(response);
  const examples = Object.values(content?.['application/json']?.examples ?? {});
  return [...new Set(examples.flatMap(({ value }) => value.code ?? []))];
}

function refusal([status, response]: [string, Response]): string {
  const codes = codesOf(response);
  return codes.length > 0 ? `${status} (${codes.map((code) => `\`${code}\``).join(', ')})` : status;
}

/** What every operation that reaches the table may answer, which the text says once. */
const saidOnce = ['400', '403', '413', '500', '503'];

function row(path: string, method: string, { operationId, summary, responses }: Operation): string {
  const all = Object.entries(responses);
  const successes = all.filter(([status]) => isSuccess(status)).map(([status]) => status);
  const refusals = all.filter(([status]) => !isSuccess(status) && !saidOnce.includes(status));
  const cells = [
    `\`${method.toUpperCase()} /api/v1${path}\``,
    `${summary} (\`${operationId}\`)`,
    successes.join(', '),
    refusals.map(refusal).join(', ') || 'none',
  ];
  return `| ${cells.join(' | ')} |`;
}

const methods = ['post', 'get', 'patch', 'delete'] as const;

const operations = (): string =>
  [
    '| Operation | What it does | Success | Refusals of its own |',
    '| --- | --- | --- | --- |',
    ...Object.entries(paths).flatMap(([path, item]) =>
      methods.flatMap((method) => {
        const operation = item[method];
        return operation ? [row(path, method, operation)] : [];
      }),
    ),
  ].join('\n');

/** The page docs/platform-api.md: its table from the OpenAPI document. */
export const platformApiPage = (): string => `# The Platform API

Written by \`npm run docs\`; a test fails when this page is older than the contract.

The contract is [\`schemas/platform-api.openapi.json\`](../schemas/platform-api.openapi.json), OpenAPI 3.1: every
operation, every status it may answer, and an example of each body. The bodies are the \`platform-*\` schemas beside it.
A test asks a deployed API for every status of every operation, through a client of another language, and fails when
one was not seen or another one was. [regional/README.md](../regional/README.md) tells how the API is deployed.

## Operations

${operations()}

Any operation may also answer 400 (the query is wrong, or the body no JSON), 403 and, where it reaches the table, 500
and 503. One with a body answers 413 when that has more than 64 KiB.

## Who asks

Every request is signed with [AWS Signature Version 4](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html)
for the service \`execute-api\` and the API's region; \`rosactl\` and any AWS SDK can. API Gateway verifies the signature
and tells the API which account and which user or role made it. Nothing else counts: headers and bodies that claim an
identity are not looked at.

- An account registers, changes and removes itself, and sees itself (else \`AUTH-009\`, \`AUTH-006\`).
- It sees and removes its own clusters; another account's is not found, as if it were not there.
- An operator, an account that the platform lists as one, may read every account.
- A cluster is made only in an account that is registered (else \`AUTH-004\`: run \`rosactl setup-account\`).

The caller's own IAM policy has to allow \`execute-api:Invoke\` on the API, since it belongs to another account. API
Gateway refuses what is not signed, wrongly signed, changed on its way, older than five minutes or not permitted with
403, in its own form: \`{"message":"..."}\`.

## Errors

\`\`\`json
{
  "kind": "Error",
  "code": "CLUSTERS-MGMT-VALIDATION-001",
  "reason": "A validation error has occurred, check the errors field for more information",
  "errors": [{ "field": "subnet_ids[0]", "reason": "must be the id of a subnet" }]
}
\`\`\`

- \`code\` is for programs and keeps its meaning; \`reason\` is for people.
- \`errors\` has an entry for every field or parameter that is wrong, all at once, without the values that were sent. The
  first 100 are listed.
- Nothing is overlooked: a field, a parameter, a limit or a page token that is not known is an error. So is an object
  with a key twice, which readers understand differently.
- 503 (\`SERVICE-001\`) and 429 pass: send the same request again after \`Retry-After\` seconds. 429 is API Gateway's, when
  the API is asked too often.
- 500 (\`INTERNAL-001\`) names the request id; the reason is in the platform's log alone.

## A request that is sent twice

- A cluster's name is unique in its account, so no request makes two. The second is refused (\`CLUSTERS-MGMT-CREATE-005\`).
- With a \`client_token\`, the same request gives the same cluster however often it is sent: 201 the first time, 200 from
  then on. The same token with another request is refused and names the cluster (\`CLUSTERS-MGMT-CREATE-009\`). The order
  of fields does not matter. A token is free again when its cluster is gone.
- An account that is registered already is refused (\`ACCOUNTS-MGMT-CREATE-004\`); \`PATCH\` changes it. A change can be
  sent again, and a cluster's deletion too.

## Lists

\`limit\` is 1 to 100, 50 without. As long as there is a \`next_page_token\`, give it as \`page_token\` for the next page; a
token holds for its list and account. Clusters come in the order of their ids, accounts too.

The first page of \`GET /api/v1/accounts\` has \`progress\`: how many accounts and clusters the platform works for in each
access mode, and their shares from 0 to 1. For an operator it is over all and may be some seconds old; for others it is
over their own. Each account tells its access mode, the release of the functions that answered last, and when.

## Regions

Each region has an API of its own, which takes accounts and clusters of that region. Another region in a request is
refused, and the answer names it. An account registers functions and roles of its own, and functions of the API's region.
`;
