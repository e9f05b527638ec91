import {
  DeleteRolePolicyCommand,
  GetRolePolicyCommand,
  type IAMClient,
  ListRolePoliciesCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';

interface Statement {
  Effect: string;
  Action: string | string[];
}

interface Policy {
  Statement: Statement[];
}

const actionsOf = ({ Action }: Statement): string[] => [Action].flat();

/** A policy that no longer allows an action; undefined when it allows nothing else. */
function without(policy: Policy, action: string): Policy | undefined {
  const statements = policy.Statement.map((statement) => ({
    ...statement,
    Action: actionsOf(statement).filter((one) => statement.Effect !== 'Allow' || one !== action),
  })).filter(({ Action }) => Action.length > 0);
  return statements.length > 0 ? { ...policy, Statement: statements } : undefined;
}

/** Does `work` while no inline policy of a role allows an action, and gives it back afterwards. */
export async function whileLacking<Value>(
  iam: IAMClient,
  RoleName: string,
  action: string,
  work: () => Promise<Value>,
): Promise<Value> {
  const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
  const touched: { PolicyName: string; PolicyDocument: string }[] = [];
  for (const PolicyName of PolicyNames) {
    const found = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
    const PolicyDocument = decodeURIComponent(found.PolicyDocument ?? '');
    const policy = JSON.parse(PolicyDocument) as Policy;
    if (!policy.Statement.some((statement) => actionsOf(statement).includes(action))) continue;
    touched.push({ PolicyName, PolicyDocument });
    const rest = without(policy, action);
    if (rest) {
      const changed = { RoleName, PolicyName, PolicyDocument: JSON.stringify(rest) };
      await iam.send(new PutRolePolicyCommand(changed));
    } else await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
  }
  if (touched.length === 0) throw new Error(`${RoleName} has no policy that allows ${action}`);
  try {
    return await work();
  } finally {
    for (const policy of touched) await iam.send(new PutRolePolicyCommand({ RoleName, ...policy }));
  }
}
