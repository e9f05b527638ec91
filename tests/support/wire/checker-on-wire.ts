import { networkChecks } from '../../../functions/network-verifier/checks/index.ts';
import { dependencies as ofNetwork } from '../../../functions/network-verifier/dependencies.ts';
import { loggedResult } from '../../../functions/network-verifier/logged-result.ts';
import { networkFacts } from '../../../functions/network-verifier/read-facts.ts';
import * as network from '../../../functions/network-verifier/verify-network.ts';
import * as preflight from '../../../functions/preflight-checker/check-preflight.ts';
import { preflightChecks } from '../../../functions/preflight-checker/checks/index.ts';
import { dependencies as ofPreflight } from '../../../functions/preflight-checker/dependencies.ts';
import { preflightFacts } from '../../../functions/preflight-checker/preflight-facts.ts';
import type { CheckStatus } from '../../../schemas/generated/check.js';
import { validate as isNetworkRequest } from '../../../schemas/generated/network-verifier-request.js';
import { validate as isNetworkResult } from '../../../schemas/generated/network-verifier-result.js';
import { validate as isPreflightRequest } from '../../../schemas/generated/preflight-checker-request.js';
import { validate as isPreflightResult } from '../../../schemas/generated/preflight-checker-result.js';
import type { Check } from '../../../shared/checks/check.ts';
import { runChecks } from '../../../shared/checks/run-checks.ts';
import { operation } from '../../../shared/operation/operation.ts';
import { home } from '../fakes/account.ts';
import { lambdaContext } from '../lambda-context.ts';
import { FakeAws } from './fake-aws.ts';
import { healthyAccount, preflightRequest } from './healthy-account.ts';
import { healthyNetwork, networkRequest } from './healthy-network.ts';

/** One finding, whichever operation made it. */
export interface Reported {
  check_name: string;
  status: CheckStatus;
  message: string;
  details: Record<string, unknown>;
}

/** The findings of a run by check, in the order of the report. */
export type Report = Map<string, Reported[]>;

/** What a check takes, as its catalogue says. */
interface Listed {
  name: string;
  actions: readonly string[];
}

/** A checking operation as it is deployed, handler and all, with an account that is in order at the far end. */
export interface CheckerOnWire {
  aws: FakeAws;
  checks: readonly Listed[];
  /** Invokes the handler with whatever request; rejects when that does. */
  invoke(request: unknown, remainingMs?: number): Promise<object>;
  /** Invokes the handler; rejects when that does. @param remainingMs until Lambda would end it */
  report(remainingMs?: number): Promise<Report>;
  /** Runs one check by itself. */
  alone(name: string): Promise<void>;
}

const environment = { ROSA_VERSION: '1.2.3', ROSA_TRACING: false };

function byCheck(results: Reported[]): Report {
  const report: Report = new Map();
  for (const one of results) report.set(one.check_name, [...(report.get(one.check_name) ?? []), one]);
  return report;
}

const runAlone = <Facts>(checks: readonly Check<Facts>[], name: string, facts: Facts) =>
  runChecks(
    checks.filter((check) => check.name === name),
    facts,
    60_000,
  );

const contextWith = (remainingMs: number) => lambdaContext({ getRemainingTimeInMillis: () => remainingMs });

/** @param request asks for what the checks of interest look at */
export async function preflightOnWire(request = preflightRequest): Promise<CheckerOnWire> {
  const aws = new FakeAws(healthyAccount);
  const handler = await operation({
    name: 'preflight-checker',
    environment,
    request: isPreflightRequest,
    result: isPreflightResult,
    dependencies: (instrument) => ofPreflight(aws.seenBy(instrument)),
    run: preflight.checkPreflight,
    measure: preflight.measure,
  });
  return {
    aws,
    checks: preflightChecks,
    invoke: (any, remainingMs = 60_000) => handler(any as typeof request, contextWith(remainingMs)),
    report: async (remainingMs = 60_000) => {
      const result = await handler(request, contextWith(remainingMs));
      return byCheck(result.validation_results as Reported[]);
    },
    alone: async (name) => {
      const { region, cluster_config: cluster } = request;
      const account = ofPreflight(aws.instrument).accountIn(region, home);
      const facts = preflightFacts({ region, cluster, home }, account);
      await runAlone(preflightChecks, name, facts);
    },
  };
}

export async function networkOnWire(
  request = networkRequest,
  answers = healthyNetwork,
): Promise<CheckerOnWire> {
  const aws = new FakeAws(answers);
  const handler = await operation({
    name: 'network-verifier',
    environment,
    request: isNetworkRequest,
    result: isNetworkResult,
    dependencies: (instrument) => ofNetwork(aws.seenBy(instrument)),
    run: network.verifyNetwork,
    measure: network.measure,
    logged: loggedResult,
  });
  return {
    aws,
    checks: networkChecks,
    invoke: (any, remainingMs = 60_000) => handler(any as typeof request, contextWith(remainingMs)),
    report: async (remainingMs = 60_000) => {
      const result = await handler(request, contextWith(remainingMs));
      return byCheck(result.network_validation_results as Reported[]);
    },
    alone: async (name) => {
      const reader = ofNetwork(aws.instrument).networkIn(home.region);
      const facts = networkFacts(request, reader, home);
      await runAlone(networkChecks, name, facts);
    },
  };
}
