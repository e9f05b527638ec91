import type { AWSFederatedRoleSpec } from '../resources/aws-federated-role.ts';

type Statement = NonNullable<AWSFederatedRoleSpec['awsCustomPolicy']>['awsStatements'][number];

/** What is not said is left out: an empty list is not the same to IAM. */
const statementOf = ({ effect, action, resource, condition, principal }: Statement) => ({
  Effect: effect,
  Action: action,
  ...(resource?.length && { Resource: resource }),
  ...(condition && { Condition: condition }),
  ...(principal && { Principal: principal }),
});

/**
 * The policy that a role describes, as IAM takes it; undefined when it describes none.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function policyDocument({ awsCustomPolicy }: AWSFederatedRoleSpec): string | undefined {
  if (!awsCustomPolicy?.name) return undefined;
  const Statement = awsCustomPolicy.awsStatements.map(statementOf);
  return JSON.stringify({ Version: '2012-10-17', Statement });
}

/** Who may assume the role that is made for an access. */
export const trustPolicy = (principalArn: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: principalArn }, Action: 'sts:AssumeRole' }],
  });
