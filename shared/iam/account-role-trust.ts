import { type Finding, failed, passed, warning } from '../checks/check.ts';
import { isAbout, type TrustingRole, type TrustPolicy, type TrustStatement } from './trust-policy.ts';

/** The roles that installer, support and worker nodes of every cluster assume. */
export const accountRoleKinds = ['Installer', 'Support', 'Worker'] as const;

export type AccountRoleKind = (typeof accountRoleKinds)[number];

/** Whom the statements let in by a kind of principal, such as `Service`. */
const letIn = (statements: TrustStatement[], kind: string): string[] =>
  statements.flatMap(({ principals }) => principals[kind] ?? []);

const roleArn = /^arn:[a-z-]+:iam::\d{12}:role\//;

function workerProblem(statements: TrustStatement[]): string | undefined {
  const services = letIn(statements, 'Service');
  // In China also with the suffix of its domain.
  if (services.some((service) => /^ec2\.amazonaws\.com(\.cn)?$/.test(service))) return undefined;
  return 'does not let in ec2.amazonaws.com, so that worker nodes cannot start with it';
}

/** AWS shows a role that was deleted as its id: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
function redHatProblem(statements: TrustStatement[]): string | undefined {
  const principals = letIn(statements, 'AWS');
  const others = principals.filter((principal) => !roleArn.test(principal));
  if (others.length > 0) return `lets in ${others.join(', ')}, and should let in a role of Red Hat alone`;
  return principals.length > 0 ? undefined : 'lets in no role of Red Hat';
}

/** Why the policy does not tell whom it lets in. */
function openQuestion({ statements, notJudged }: TrustPolicy): string | undefined {
  const denies = statements.some(
    (statement) => statement.effect === 'Deny' && isAbout(statement, 'sts:AssumeRole'),
  );
  return notJudged ?? (denies ? 'it denies sts:AssumeRole to some' : undefined);
}

/** Judges whether the trust policy of an account role lets in whom it should,. */
export function judgeAccountRole({ name, trust }: TrustingRole, kind: AccountRoleKind): Finding {
  const about = { resourceId: name };
  const says = `The trust policy of the role ${name}`;
  const question = openQuestion(trust);
  if (question)
    return warning(`${says} cannot be judged: ${question}. See whom it lets in`, {
      ...about,
      details: { reason_code: 'not_verifiable' },
    });
  const statements = trust.statements.filter(
    (statement) => statement.effect === 'Allow' && isAbout(statement, 'sts:AssumeRole'),
  );
  const problem = kind === 'Worker' ? workerProblem(statements) : redHatProblem(statements);
  if (!problem) return passed(`The role ${name} is there and lets in whom it should`, about);
  return failed(
    `${says} ${problem}. Mend it: "rosa create account-roles --hosted-cp" shows what it should be`,
    about,
  );
}
