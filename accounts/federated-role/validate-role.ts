import { again, done, failed, type Reconciled } from '../../shared/reconcile/reconcile.ts';
import { federatedRoleKind } from '../resources/aws-federated-role.ts';
import { beyondLimits, type Problem, unknownPolicy } from './limits.ts';
import { policyDocument } from './policy-document.ts';
import { conclude, found, type RoleTurn, save, secondsSince, statusOf, withoutTrial } from './turn.ts';

/** Looks at a version of the spec until it is known whether AWS takes it, and then never again. */
export async function validateRole(turn: RoleTurn): Promise<Reconciled> {
  const { trial, observedGeneration } = statusOf(turn);
  if (trial) return clearTrial(turn, trial);
  if (observedGeneration === turn.role.metadata.generation) return verdictOf(turn);
  const problem = problemBefore(turn) ?? (await missingPolicy(turn));
  if (problem) return refuse(turn, problem);
  const document = policyDocument(turn.role.spec);
  return document === undefined ? accept(turn) : tryPolicy(turn, document);
}

function verdictOf(turn: RoleTurn): Reconciled {
  const { state, conditions } = statusOf(turn);
  if (state === 'Valid') return done;
  const finding = conditions.find(({ type, status }) => type === 'Failed' && status === 'True');
  return failed(finding?.message ?? 'AWS does not take it');
}

async function refuse(turn: RoleTurn, problem: Problem): Promise<Reconciled> {
  await conclude(turn, 'Failed', problem);
  return failed(problem.message);
}

async function accept(turn: RoleTurn): Promise<Reconciled> {
  await conclude(turn, 'Valid', {
    reason: 'AllPoliciesValid',
    message: 'All managed and custom policies are validated',
  });
  return done;
}

/** What is wrong with the spec by itself. */
function problemBefore({ role }: RoleTurn): Problem | undefined {
  const [contradiction] = federatedRoleKind.contradictions(role);
  return contradiction ?? beyondLimits(role.spec);
}

async function missingPolicy({ trials, role }: RoleTurn): Promise<Problem | undefined> {
  for (const name of role.spec.awsManagedPolicies ?? []) {
    if (!(await trials.hasManaged(name))) return unknownPolicy(name);
  }
  return undefined;
}

type Trial = NonNullable<ReturnType<typeof statusOf>['trial']>;

/** The same for the same version of the same resource, and no other one's. */
const trialOf = ({ role, now }: RoleTurn): Trial => {
  const { uid, generation } = role.metadata;
  return { name: `${uid}-${generation}`, generation, askedAt: now().toISOString() };
};

/** Makes the policy and takes it away. That it is to be made is written down before, so that it is never forgotten. */
async function tryPolicy(turn: RoleTurn, document: string): Promise<Reconciled> {
  const trial = trialOf(turn);
  const finding = {
    type: 'InProgress',
    reason: 'InProgress',
    message: 'AWS is asked about the policy',
  } as const;
  await save(turn, { ...found(turn, finding), trial });
  const answer = await turn.trials.make(trial.name, document);
  if (answer.outcome === 'refused') {
    return refuse(turn, {
      reason: 'InvalidCustomerPolicy',
      message: `AWS does not take the policy: ${answer.said}`,
    });
  }
  if ((await turn.trials.unmake(trial.name)) === 'gone') return accept(turn);
  // It is not seen where it was looked for: what AWS has said is remembered until it is.
  await save(turn, { ...statusOf(turn), trial: { ...trial, taken: true } });
  return again(turn.settings.settleSeconds);
}

/**
 * Takes away what a try has left that did not come to its end. By then everything is seen, also what was on its way when
 * the one who asked for it had ended.
 */
export async function clearTrial(turn: RoleTurn, trial: Trial): Promise<Reconciled> {
  const rest = turn.settings.settleSeconds - secondsSince(turn, trial.askedAt);
  if (rest > 0) return again(Math.ceil(rest));
  await turn.trials.unmake(trial.name);
  if (trial.taken && trial.generation === turn.role.metadata.generation) return accept(turn);
  await save(turn, withoutTrial(statusOf(turn)));
  return again(0);
}
