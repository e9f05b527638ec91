import { type Finding, failed, Undetermined } from '../../../shared/checks/check.ts';
import { judgeAccountRole } from '../../../shared/iam/account-role-trust.ts';
import { judgeTrust, type TokenSource } from '../../../shared/iam/operator-trust.ts';
import { canBeMet, parseTrustPolicy, type TrustPolicy } from '../../../shared/iam/trust-policy.ts';
import type { PreflightCheck, PreflightFacts } from '../preflight-facts.ts';
import { issuerOf, providerArnOf, usualClientIds } from '../roles/issuer.ts';
import { rolesFound } from '../roles/named-roles.ts';
import { summedUp } from '../roles/summed-up.ts';

type FoundRole = Awaited<ReturnType<typeof rolesFound>>[number];

/** The provider of the cluster's issuer; one that has yet to be made will take the usual tokens. */
async function tokenSource(facts: PreflightFacts, url: string): Promise<TokenSource> {
  const arn = providerArnOf(facts, url);
  const provider = await facts.account.oidcProvider(arn);
  if (!provider) return { arn, clientIds: usualClientIds };
  if (!provider.clientIds)
    throw new Undetermined('value_absent', `IAM does not tell the client ids of the OIDC provider ${arn}`);
  return { arn, clientIds: provider.clientIds };
}

/** Service accounts of the role's operator that no statement lets in. */
function leftOut({ serviceAccounts = [] }: FoundRole, trust: TrustPolicy, subject: string): string[] {
  const subjects = serviceAccounts.map((name) => `system:serviceaccount:${name}`);
  const letIn = (who: string) =>
    trust.statements.some(({ conditions }) =>
      conditions
        .filter(({ key }) => key === subject)
        .every((condition) => canBeMet(condition, [who]) !== false),
    );
  return subjects.filter((who) => !letIn(who));
}

function judgeOperator(role: FoundRole, trust: TrustPolicy, source: TokenSource, url: string): Finding {
  const finding = judgeTrust({ name: role.name, trust }, source);
  const subject = `${issuerOf(url).toLowerCase()}:sub`;
  const missing = finding.status === 'passed' ? leftOut(role, trust, subject) : [];
  if (missing.length === 0) return finding;
  return failed(
    `The trust policy of the role ${role.name} does not let in ${missing.join(', ')}. Add it to the condition on ${subject}`,
    { resourceId: role.name, details: { provider: source.arn } },
  );
}

/** The roles let in who needs them: parsed, since a text that has the right words in it may say the opposite. */
export const roleTrustPolicy: PreflightCheck = {
  name: 'role_trust_policy',
  what: 'the trust policy of each role that the request names lets in who needs the role',
  actions: ['iam:GetRole', 'iam:GetOpenIDConnectProvider'],
  rule: "Fails when an account role does not let in Red Hat's roles or, for nodes, EC2, and when an operator role does not let in the tokens of the cluster's issuer for each service account of the operator. Warns when it cannot be judged or lets in every service account. Operator roles are judged when the issuer is given.",
  remedy:
    'Mend the trust policy: `aws iam update-assume-role-policy --role-name <role> --policy-document <file>`',
  run: async (facts) => {
    const url = facts.cluster.oidc_issuer_url;
    const [roles, source] = await Promise.all([
      rolesFound(facts),
      facts.cluster.operator_role_arns && url ? tokenSource(facts, url) : undefined,
    ]);
    const findings = roles.flatMap((role): Finding[] => {
      const trust = parseTrustPolicy(role.found.trustPolicy);
      if (role.kind) return [judgeAccountRole({ name: role.name, trust }, role.kind)];
      return source && url ? [judgeOperator(role, trust, source, url)] : [];
    });
    const judged = findings.map(({ resourceId, details, ...rest }) => ({
      ...rest,
      details: { role: resourceId, ...details },
    }));
    return summedUp(judged, `Each of the ${judged.length} roles lets in who needs it`);
  },
};
