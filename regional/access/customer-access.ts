import type { CustomerAccount } from '../accounts/customer-account.ts';
import type {
  AccessFailure,
  Answer,
  AsynchronousAccess,
  CallOptions,
  CustomerAccess,
  Discovered,
  FunctionDiscovery,
  OperationName,
  Operations,
  Trace,
} from './access.ts';
import { poll, start } from './asynchronous.ts';
import { bounded } from './bounded.ts';
import type { CustomerAwsSource } from './customer-aws.ts';
import { Directories, type DirectoriesDependencies } from './discovery/directories.ts';
import { isFallenBack } from './fallback.ts';
import { type Asked, byFunction, type FunctionWay } from './lambda/by-function.ts';
import { CodeHashes } from './lambda/code-hashes.ts';
import { enter } from './lambda/entrance.ts';
import { byRole, type RoleWay } from './role/by-role.ts';
import { RoleSessions } from './role/role-sessions.ts';
import { type Clock, repeated, type Tried } from './tries.ts';

/** What working in customers' accounts needs of the world. */
export interface AccessDependencies
  extends CustomerAwsSource,
    DirectoriesDependencies,
    Clock,
    Pick<RoleWay, 'operationsHere' | 'newId' | 'installerCallerRoleArn'> {}

type Ways = FunctionWay & RoleWay & Clock;

/** What one way came to, before it is told. */
interface Ended<Result> {
  via: Trace['via'];
  tried: Tried<Result>;
  attempts: number;
}

/** Of the time of a call in mode `dual`, this much is kept for the role's way, and at most half. */
const keptForRoleMs = 60_000;

async function goByFunctions<Name extends OperationName>(
  ways: Ways,
  asked: Asked<Name>,
  options: CallOptions,
) {
  const ended = await repeated(ways, options, (signal) => byFunction(ways, asked, signal));
  return { via: 'lambda' as const, ...ended };
}

async function goByRole<Name extends OperationName>(ways: Ways, asked: Asked<Name>, options: CallOptions) {
  const end = ways.now() + options.withinMs;
  const remainingMs = () => end - ways.now();
  const ended = await repeated(ways, options, (signal) => byRole(ways, asked, { signal, remainingMs }));
  return { via: 'oidc-sts' as const, ...ended };
}

/** The functions first, and the role when they cannot be used. */
async function goBoth<Name extends OperationName>(ways: Ways, asked: Asked<Name>, options: CallOptions) {
  const end = ways.now() + options.withinMs;
  const kept = Math.min(keptForRoleMs, options.withinMs / 2);
  const first = await goByFunctions(ways, asked, { ...options, withinMs: options.withinMs - kept });
  if (!('failure' in first.tried) || !isFallenBack(first.tried.failure, options)) return { ended: first };
  const second = await goByRole(ways, asked, { ...options, withinMs: end - ways.now() });
  const reason: AccessFailure = first.tried.failure;
  return { ended: { ...second, attempts: first.attempts + second.attempts }, fallback: { reason } };
}

function told<Result>(
  { via, tried, attempts }: Ended<Result>,
  durationMs: number,
  fallback: Pick<Answer<Result>, 'fallback'>,
): Answer<Result> {
  const { requestId = '', ...about } = tried.about;
  const trace = { via, durationMs, attempts, ...about };
  if ('failure' in tried) return { outcome: 'failed', failure: tried.failure, trace, ...fallback };
  return { outcome: 'answered', result: tried.result, trace: { ...trace, requestId }, ...fallback };
}

const goers = {
  lambda: async <Name extends OperationName>(ways: Ways, asked: Asked<Name>, options: CallOptions) => ({
    ended: await goByFunctions(ways, asked, options),
  }),
  'oidc-sts': async <Name extends OperationName>(ways: Ways, asked: Asked<Name>, options: CallOptions) => ({
    ended: await goByRole(ways, asked, options),
  }),
  dual: goBoth,
};

async function discovered(ways: Ways, account: CustomerAccount, withinMs: number): Promise<Discovered> {
  const found = await bounded(withinMs, (signal) =>
    enter(ways, { account }, signal, (aws) => ways.directories.find(account, aws, signal)),
  );
  if ('failure' in found) return { outcome: 'failed', failure: found.failure };
  return { outcome: 'found', functions: found.value };
}

/** All that can be done in customers' accounts. */
export type AccessLayer = CustomerAccess & AsynchronousAccess & FunctionDiscovery;

/**
 * The way into customers' accounts. What it has learned (directories, sessions of roles, hashes of code) it keeps for
 * as long as it lives: make one for each process.
 */
export function customerAccess(dependencies: AccessDependencies): AccessLayer {
  const ways: Ways = {
    ...dependencies,
    sessions: new RoleSessions(dependencies),
    directories: new Directories(dependencies),
    codeHashes: new CodeHashes(),
  };
  return {
    invoke: async <Name extends OperationName>(
      account: Asked<Name>['account'],
      mode: keyof typeof goers,
      operation: Name,
      request: Operations[Name]['request'],
      options: CallOptions,
    ): Promise<Answer<Operations[Name]['result']>> => {
      const startedAt = ways.now();
      const { ended, ...fallback } = await goers[mode](ways, { account, operation, request }, options);
      return told(ended, ways.now() - startedAt, fallback);
    },
    discover: (account, { withinMs }) => discovered(ways, account, withinMs),
    start: (account, operation, request, { withinMs }) =>
      start(ways, { account, operation, request }, withinMs),
    poll: (account, operation, started, { withinMs }) =>
      poll(ways, { account, operation }, started, withinMs),
  };
}
