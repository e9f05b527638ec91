import { type Finding, failed, passed, warning } from '../checks/check.ts';
import type { LegacyCheck, TrustingRole } from './legacy-facts.ts';
import { isAbout, type TrustPolicy, type TrustStatement } from './trust-policy.ts';

const kinds = ['Installer', 'Support', 'Worker'] as const;

type Kind = (typeof kinds)[number];

/** The names that `rosa create account-roles --hosted-cp` gives: `<prefix>-HCP-ROSA-Installer-Role`. */
const namePattern = /^(?<prefix>.+)-ROSA-(?<kind>Installer|Support|Worker)-Role$/;

/** Whether a role is one of the three that an installation needs, by its name. */
export const isAccountRole = (name: string): boolean => namePattern.test(name);

/** The account roles by prefix, then by kind. */
function groupsIn(roles: TrustingRole[]): Map<string, Map<string, TrustingRole>> {
  const groups = new Map<string, Map<string, TrustingRole>>();
  for (const role of roles) {
    const { prefix, kind } = namePattern.exec(role.name)?.groups ?? {};
    if (!prefix || !kind) continue;
    groups.set(prefix, (groups.get(prefix) ?? new Map<string, TrustingRole>()).set(kind, role));
  }
  return groups;
}

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

function judge({ name, trust }: TrustingRole, kind: Kind): Finding {
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

function judgeGroup(prefix: string, group: Map<string, TrustingRole>): Finding[] {
  return kinds.map((kind) => {
    const role = group.get(kind);
    if (role) return judge(role, kind);
    const name = `${prefix}-ROSA-${kind}-Role`;
    return failed(
      `The account role ${name} is missing beside ${[...group.values()].map(({ name }) => name).join(' and ')}. Make it with "rosa create account-roles --hosted-cp"`,
      { resourceId: name },
    );
  });
}

/** The roles that installer, support and worker nodes of existing clusters assume are there and let them in. */
export const legacyAccountRoles: LegacyCheck = {
  name: 'legacy_account_roles',
  run: async (facts) => {
    const groups = groupsIn(await facts.roles());
    if (groups.size > 0) return [...groups].flatMap(([prefix, group]) => judgeGroup(prefix, group));
    return [
      failed(
        'No account roles were found: no role is named <prefix>-ROSA-Installer-Role, -Support-Role or -Worker-Role. Make them with "rosa create account-roles --hosted-cp"',
      ),
    ];
  },
};
