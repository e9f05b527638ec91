/** A way in which the platform cannot use an account's function, and what comes of it. */
export interface BrokenWay {
  /** Ends the sentence "the function …". */
  way: string;
  /** Where it is not an ordinary function with an alias that lets the platform in. */
  made: {
    /** The module's text; the ordinary one answers as an old function might, with a result that is none. */
    code?: string;
    /** Seconds; Lambda ends it then. */
    timeout?: number;
    without?: 'function' | 'alias' | 'permission';
    /** It is switched off by a reserved concurrency of 0. */
    off?: true;
    /** What Lambda answers to each call of it. */
    error?: { code: string; status: number; message: string };
    /** Two others have its tag. */
    impostors?: true;
  };
  /** By resource-policy, unless the platform assumes a role. */
  authentication?: 'assume-role';
  /** An external id that the role asks for, in place of the account's own. */
  externalId?: string;
  /** What the platform calls it. */
  kind: string;
  /** What the customer reads. */
  says: RegExp;
  /** Tries in mode lambda until the cluster has failed. Absent: it waits. */
  attempts?: number;
}

const handler = (body: string): string => `export const handler = async () => { ${body} };`;

const renewed =
  /the function or its alias prod is gone, or it does not let the platform in: run `rosactl setup-account`/;

const release = { rosa_version: '0.0.1', dry_run: false };

/** A result as a release before summaries and dry runs might have given it. */
const oldResult = { validation_results: [{ check: 'vcpus', ok: true }] };

/** 5.9 of the 6 MB that Lambda lets through: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const hugeResult = `({ ...${JSON.stringify(release)}, summary: { status: 'passed', passed: 1, failed: 0, warning: 0 },
  validation_results: [{ check_name: 'x', status: 'passed', message: 'y'.repeat(5_900_000), details: {} }] })`;

/** Every way there is, as far as a laptop can break it. */
export const brokenWays: readonly BrokenWay[] = [
  {
    way: 'has lost its permission',
    made: { without: 'permission' },
    kind: 'denied',
    says: renewed,
    attempts: 1,
  },
  { way: 'has lost its alias', made: { without: 'alias' }, kind: 'denied', says: renewed, attempts: 1 },
  { way: 'is gone', made: { without: 'function' }, kind: 'denied', says: renewed, attempts: 1 },
  {
    way: 'has lost its alias, where the platform may look',
    made: { without: 'alias' },
    authentication: 'assume-role',
    kind: 'not-found',
    says: /^Lambda function rosa-preflight-checker has no alias prod; run `rosactl setup-account`/,
    attempts: 1,
  },
  {
    way: 'is gone, where the platform may look',
    made: { without: 'function' },
    authentication: 'assume-role',
    kind: 'not-found',
    says: /^Lambda function rosa-preflight-checker not found; run `rosactl setup-account`$/,
    attempts: 1,
  },
  {
    way: 'is gone, and two of others have its tag',
    made: { without: 'function', impostors: true },
    authentication: 'assume-role',
    kind: 'foreign-function',
    says: /:function:theirs-1 and .*:function:theirs-2 are both said to be the preflight-checker, and none is used/,
    attempts: 1,
  },
  {
    way: 'is behind a role that asks for another external id',
    made: {},
    authentication: 'assume-role',
    externalId: 'rosa-lambda-access:999999999999',
    kind: 'denied',
    says: /trust the platform's role with the account's external id, .*: run `rosactl setup-account`/,
    attempts: 1,
  },
  {
    way: 'is switched off',
    made: { off: true },
    kind: 'throttled',
    says: /reserved concurrency is used up: raise it, or remove it, if this goes on \(0 switches a function off\)/,
    attempts: 4,
  },
  {
    way: 'has a key that it may not use',
    made: {
      error: { code: 'KMSAccessDeniedException', status: 502, message: 'Lambda was unable to decrypt' },
    },
    kind: 'denied',
    says: /Let the function's role use the KMS key that the parameter kmsKeyArn names: kms:Decrypt/,
    attempts: 1,
  },
  {
    way: 'cannot be reached, since Lambda does not work',
    made: { error: { code: 'ServiceException', status: 500, message: 'An internal error occurred.' } },
    kind: 'unreachable',
    says: /ServiceException\. Send the request again in a minute/,
  },
  {
    way: 'takes too long',
    made: { code: handler('await new Promise((done) => setTimeout(done, 60_000));'), timeout: 1 },
    kind: 'timed-out',
    says: /Lambda ended rosa-preflight-checker:prod because it took too long/,
    attempts: 2,
  },
  {
    way: 'breaks',
    made: { code: handler('process.exit(1);') },
    kind: 'function-failed',
    says: /rosa-preflight-checker:prod failed with Runtime\.ExitError/,
    attempts: 4,
  },
  {
    way: 'cannot be loaded',
    made: { code: 'import "./missing.mjs";' },
    kind: 'function-failed',
    says: /rosa-preflight-checker:prod failed with .*`rosactl logs --failed`/,
    attempts: 1,
  },
  {
    way: 'answers with garbage',
    made: { code: handler("return '<html>It works!</html>';") },
    kind: 'invalid-result',
    says: /not with a result: it is not a JSON object\. Bring its function to a release the platform knows/,
    attempts: 1,
  },
  {
    way: 'answers as an old release did',
    made: { code: handler(`return ${JSON.stringify(oldResult)};`) },
    kind: 'invalid-result',
    says: /not with a result: .*summary.*`rosactl update-lambdas`/,
    attempts: 1,
  },
  {
    way: 'answers with nearly 6 MB',
    made: { code: handler(`return ${hugeResult};`) },
    kind: 'invalid-result',
    says: /it has 59\d{5} bytes, and at most 1048576 are read/,
    attempts: 1,
  },
];
