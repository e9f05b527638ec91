import {
  again,
  type Controller,
  done,
  failed,
  goOnWith,
  type ReconcileContext,
  type Reconciled,
} from '../../shared/reconcile/reconcile.ts';
import type { ResourceStore } from '../../shared/resources/resource-store.ts';
import type { Answer, CustomerAccess } from '../access/access.ts';
import {
  type CustomerAccount,
  type CustomerAccountSpec,
  type CustomerAccountStatus,
  customerAccountKey,
} from '../accounts/customer-account.ts';
import { noteAnswer } from '../accounts/note-answer.ts';
import { afterStep } from './after-step.ts';
import {
  type Cluster,
  type ClusterSpec,
  type ClusterStatus,
  clusterKind,
  provisioningFinalizer,
  type Tries,
} from './cluster.ts';
import { operationRecord } from './operation-record.ts';
import { inPhase, isFinal } from './phases.ts';
import { type Judgement, nextStep, type Step, type StepSettings } from './steps.ts';
import { secondsUntilNextTry, tryingAgain } from './try-later.ts';

/** What has ended in an account: for the log and the metrics. */
export interface StepReport {
  cluster: Cluster;
  account: CustomerAccount;
  operation: ClusterStatus['operations'][number];
}

/** What the controller needs of the world. */
export interface ClusterDependencies {
  store: ResourceStore;
  access: CustomerAccess;
  settings: StepSettings;
  /** Told of every step that has ended. */
  report(ended: StepReport): void;
}

/** Time to write down what an operation found before the invocation ends. */
const marginMs = 10_000;

const unseen: ClusterStatus = { phase: 'Pending', conditions: [], operations: [] };

/** Leads a cluster through the sequence: account, network, OIDC provider. */
export const clusterController = (
  dependencies: ClusterDependencies,
): Controller<ClusterSpec, ClusterStatus> => ({
  kind: clusterKind,
  reconcile: (cluster, context) => reconcile(dependencies, cluster, context),
});

async function reconcile(
  dependencies: ClusterDependencies,
  cluster: Cluster,
  context: ReconcileContext,
): Promise<Reconciled> {
  if (cluster.metadata.deletionTimestamp) return letGo(dependencies, cluster);
  const status = cluster.status ?? unseen;
  if (isFinal(status.phase)) return done;
  const step = nextStep(status);
  if (!step) throw new Error(`cluster ${cluster.metadata.name} is ${status.phase} with nothing left to do`);
  if (status.phase === 'Pending') {
    return save(dependencies, cluster, inPhase(status, 'Provisioning', step.doing));
  }
  // A whole invocation is needed for what may take as long; this one has not enough left of it.
  if (context.remainingMs() < step.withinMs + marginMs) return again(1);
  return run(dependencies, { ...cluster, status }, step, context);
}

/**
 * There is nothing to take back in the customer's account: the functions cannot remove an OIDC provider, and other
 * clusters may use it.
 */
async function letGo({ store }: ClusterDependencies, cluster: Cluster): Promise<Reconciled> {
  await store.removeFinalizer(cluster, provisioningFinalizer);
  return done;
}

async function save(
  { store }: ClusterDependencies,
  cluster: Cluster,
  status: ClusterStatus,
): Promise<Reconciled> {
  const written = await store.updateStatus<ClusterSpec, ClusterStatus>({ ...cluster, status });
  if (status.phase === 'Failed') return failed(status.message ?? 'failed');
  return status.phase === 'Ready' ? done : goOnWith(written);
}

const notRegistered = (accountId: string): string =>
  `The account ${accountId} is not registered any more. Run "rosactl setup-account", and create the cluster again`;

interface Turn {
  cluster: Cluster & { status: ClusterStatus };
  account: CustomerAccount;
  step: Step;
  now: Date;
}

async function run(
  dependencies: ClusterDependencies,
  cluster: Cluster & { status: ClusterStatus },
  step: Step,
  { now }: ReconcileContext,
): Promise<Reconciled> {
  const { store, access, settings } = dependencies;
  const accountId = cluster.metadata.namespace;
  const account = await store.get<CustomerAccountSpec, CustomerAccountStatus>(customerAccountKey(accountId));
  const { status } = cluster;
  if (!account) return save(dependencies, cluster, inPhase(status, 'Failed', notRegistered(accountId)));
  const before = status.trying ?? { attempts: 0, since: now().toISOString() };
  const options = { withinMs: step.withinMs, retries: false, triesBefore: before.attempts };
  const answer = await step.run({ access, account, cluster, settings, options });
  const tries = { ...before, attempts: before.attempts + 1 };
  const turn = { cluster, account, step, now: now() };
  return (await tryAgain(dependencies, turn, answer, tries)) ?? conclude(dependencies, turn, answer, tries);
}

/** Undefined when there is an answer, or trying again will not help. */
async function tryAgain(
  dependencies: ClusterDependencies,
  { cluster, step, now }: Turn,
  answer: Answer<Judgement>,
  tries: Tries,
): Promise<Reconciled | undefined> {
  if (answer.outcome === 'answered') return undefined;
  const { outagePauseSeconds } = dependencies.settings;
  const seconds = secondsUntilNextTry(answer.failure, tries, { now, outagePauseSeconds });
  if (seconds === undefined) return undefined;
  await save(dependencies, cluster, tryingAgain(cluster.status, step, { failure: answer.failure, tries }));
  return again(seconds);
}

async function conclude(
  dependencies: ClusterDependencies,
  { cluster, account, step, now }: Turn,
  answer: Answer<Judgement>,
  { attempts }: Tries,
): Promise<Reconciled> {
  const operation = operationRecord(step, answer, { attempts, now });
  const learned = answer.outcome === 'answered' ? answer.result.learned : undefined;
  const status = afterStep(cluster.status, step, { operation, learned, now });
  const reconciled = await save(dependencies, cluster, status);
  dependencies.report({ cluster, account, operation });
  await noteAnswer(dependencies.store, account, operation);
  return reconciled;
}
