import { clmRoleProblem } from '../release/clm-role.ts';
import { isExactly, principalsOf } from '../release/invoke-permission.ts';
import type { Alias, PolicyStatement } from '../release/lambda-functions.ts';
import { type Stage, stages } from '../release/stages.ts';
import { type CompareAspect, type Drift, deployTo } from './drift.ts';
import { isUnread, type Reading } from './reading.ts';

/** ARNs that a policy lets in, each once. */
export const principalsIn = (statements: PolicyStatement[]): string[] => [
  ...new Set(statements.flatMap(principalsOf)),
];

const setUpAgain =
  'rosactl setup-account --clm-role-arn <ARN of the CLM role>, which lets in that role and nobody else';

/** `prod` is for one role, by the one statement this product makes. */
function prodDrift(name: string, statements: PolicyStatement[]): Drift[] {
  const [role = '', ...others] = principalsIn(statements);
  if (others.length === 0 && !clmRoleProblem(role) && isExactly(statements, role)) return [];
  const who = [role, ...others].join(', ');
  const message = `prod of ${name} is to be open to one role, by the one statement of this product; its policy lets in ${who}`;
  return [{ aspect: 'permission', message, next: setUpAgain }];
}

/** A `prod` that is not there is told of elsewhere. */
function closedDrift(name: string, prod: Reading<Alias | undefined>): Drift[] {
  if (isUnread(prod) || !prod) return [];
  const message = `nobody may invoke prod of ${name}, so the platform cannot`;
  return [{ aspect: 'permission', message, next: deployTo('prod') }];
}

const strangersDrift = (
  { name, stage, region }: { name: string; stage: Stage; region: string },
  statements: PolicyStatement[],
  rule: string,
): Drift[] =>
  statements.map((statement) => ({
    aspect: 'permission',
    message: `${stage} of ${name} may be invoked from outside by ${principalsOf(statement).join(', ')}; ${rule}`,
    next: `aws lambda remove-permission --function-name ${name} --qualifier ${stage} --statement-id ${statement.Sid} --region ${region}`,
  }));

const onlyProd = 'only prod is for callers from outside';

const onlyByRole = 'with assume-role the platform comes in by the access role alone';

/** Who may invoke: on `prod` one role, or nobody when the platform assumes one; on other stages nobody from outside. */
export const permissionDrift: CompareAspect = ({ name, aliases, policies }, { region, authentication }) =>
  stages.flatMap((stage) => {
    const statements = policies[stage];
    if (isUnread(statements)) return [];
    if (stage !== 'prod') return strangersDrift({ name, stage, region }, statements, onlyProd);
    if (authentication === 'assume-role')
      return strangersDrift({ name, stage, region }, statements, onlyByRole);
    return statements.length > 0 ? prodDrift(name, statements) : closedDrift(name, aliases.prod);
  });
