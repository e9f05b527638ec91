import { type Finding, failed, passed, warning } from '../checks/check.ts';
import { canBeMet, isAbout, type TrustingRole, type TrustStatement } from './trust-policy.ts';

/** An OIDC provider, as far as it decides whose tokens a role lets in. */
export interface TokenSource {
  arn: string;
  /** The audiences it takes tokens for. */
  clientIds: string[];
}

const action = 'sts:AssumeRoleWithWebIdentity';

/** Condition keys start with the issuer as in the ARN: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html */
const issuerOf = (arn: string): string => arn.replace(/^.*?:oidc-provider\//, '').toLowerCase();

/** Why no token of the provider meets the conditions; undefined when one can. */
function conditionProblem(
  { conditions }: TrustStatement,
  { arn, clientIds }: TokenSource,
): string | undefined {
  const issuer = issuerOf(arn);
  const foreign = conditions.find(({ key }) => /:(aud|sub)$/.test(key) && !key.startsWith(`${issuer}:`));
  if (foreign) return `has a condition on ${foreign.key}, which tokens of ${issuer} do not have`;
  const refused = conditions.find(
    (condition) => condition.key === `${issuer}:aud` && canBeMet(condition, clientIds) === false,
  );
  if (!refused) return undefined;
  return `wants tokens for ${refused.values.join(' or ')}, and the provider takes tokens for ${clientIds.join(', ') || 'nobody'}`;
}

/** Why a look at the policy does not tell whether a token meets the conditions. */
function openQuestion({ conditions }: TrustStatement, { arn }: TokenSource): string | undefined {
  const issuer = issuerOf(arn);
  const weighed = [`${issuer}:aud`, `${issuer}:sub`];
  const other = conditions.find(
    (condition) => !weighed.includes(condition.key) || canBeMet(condition, []) === undefined,
  );
  return other && `it has the condition ${other.operator} on ${other.key}`;
}

/** Says what a trust policy amounts to for one provider. */
interface Verdicts {
  works(): Finding;
  fails(why: string): Finding;
  looks(why: string): Finding;
  open(why: string): Finding;
}

function verdictsOn(name: string, { arn }: TokenSource): Verdicts {
  const about = { resourceId: name, details: { provider: arn } };
  const says = `The trust policy of the role ${name}`;
  return {
    works: () => passed(`${says} lets in tokens of ${arn}`, about),
    fails: (why) => failed(`${says} ${why}`, about),
    looks: (why) => warning(`${says} ${why}`, about),
    open: (why) =>
      warning(`${says} cannot be judged: ${why}. See whether it lets in the operators of ${arn}`, {
        ...about,
        details: { provider: arn, reason_code: 'not_verifiable' },
      }),
  };
}

/** What a statement that names the provider amounts to. */
function judgeStatement(statement: TrustStatement, provider: TokenSource, verdicts: Verdicts): Finding {
  if (!isAbout(statement, action))
    return verdicts.fails(`names ${provider.arn}, but does not allow ${action}. Allow it`);
  const problem = conditionProblem(statement, provider);
  if (problem) return verdicts.fails(`${problem}. Mend the condition`);
  const question = openQuestion(statement, provider);
  if (question) return verdicts.open(question);
  const sub = `${issuerOf(provider.arn)}:sub`;
  if (statement.conditions.some(({ key }) => key === sub)) return verdicts.works();
  return verdicts.looks(
    `has no condition on ${sub}: it works, but every service account of the cluster can assume the role. Name those that need it`,
  );
}

const names = ({ principals }: TrustStatement, arn: string): boolean =>
  [principals.Federated ?? [], principals.AWS ?? []].flat().some((who) => who === arn || who === '*');

/** What takes away, or may take away, what another statement allows. */
function judgeDenials({ trust }: TrustingRole, { arn }: TokenSource, verdicts: Verdicts): Finding[] {
  const denials = trust.statements.filter(
    (statement) => statement.effect === 'Deny' && isAbout(statement, action) && names(statement, arn),
  );
  if (denials.some(({ conditions }) => conditions.length === 0))
    return [verdicts.fails(`denies ${action}, which outweighs that it allows it. Remove the denial`)];
  if (denials.length > 0) return [verdicts.open(`it denies ${action} under conditions`)];
  return trust.notJudged ? [verdicts.open(trust.notJudged)] : [];
}

const worstFirst = ['failed', 'warning', 'passed'];

const byStatus = (one: Finding, other: Finding): number =>
  worstFirst.indexOf(one.status) - worstFirst.indexOf(other.status);

/** Judges a role that trusts a provider: it works when one of its statements does and nothing takes that away. */
export function judgeTrust(role: TrustingRole, provider: TokenSource): Finding {
  const verdicts = verdictsOn(role.name, provider);
  const allowed = role.trust.statements
    .filter(({ effect, principals }) => effect === 'Allow' && principals.Federated?.includes(provider.arn))
    .map((statement) => judgeStatement(statement, provider, verdicts))
    .sort(byStatus)
    .slice(-1);
  const [worst] = [...allowed, ...judgeDenials(role, provider, verdicts)].sort(byStatus);
  return worst ?? verdicts.fails(`does not let in tokens of ${provider.arn}`);
}
