import {
  GetRolePolicyCommand,
  type IAMClient,
  paginateListAttachedRolePolicies,
  paginateListRolePolicies,
} from '@aws-sdk/client-iam';
import { awsCall, unlessMissing } from '../aws/aws-call-error.ts';
import { collect } from '../aws/collect.ts';
import type { ExecutionRoles } from './role.ts';

interface Statement {
  Effect: string;
  Action?: string | string[];
  NotAction?: string | string[];
}

const list = <Item>(value: Item | Item[] | undefined): Item[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

/** What the statements of a policy allow; a document comes percent-encoded. */
function allowedIn(document = ''): string[] {
  const { Statement } = JSON.parse(decodeURIComponent(document)) as { Statement: Statement | Statement[] };
  const allowing = list(Statement).filter(({ Effect }) => Effect === 'Allow');
  return allowing.flatMap(({ Action, NotAction }) => [
    ...list(Action),
    ...list(NotAction).map((action) => `everything but ${action}`),
  ]);
}

/** The roles of the account of the client's credentials. */
export const awsExecutionRoles = (client: IAMClient): ExecutionRoles => {
  const inlineNames = (RoleName: string) =>
    collect(
      'iam:ListRolePolicies',
      paginateListRolePolicies({ client }, { RoleName }),
      (page) => page.PolicyNames,
    );
  const managedArns = async (RoleName: string) => {
    const pages = paginateListAttachedRolePolicies({ client }, { RoleName });
    const attached = await collect('iam:ListAttachedRolePolicies', pages, (page) => page.AttachedPolicies);
    return attached.flatMap(({ PolicyArn }) => PolicyArn ?? []);
  };
  const inlinePolicy = async (RoleName: string, name: string) => {
    const command = new GetRolePolicyCommand({ RoleName, PolicyName: name });
    const { PolicyDocument } = await awsCall('iam:GetRolePolicy', () => client.send(command));
    return { name, actions: allowedIn(PolicyDocument) };
  };
  return {
    permissions: async (roleName) => {
      const names = await unlessMissing(inlineNames(roleName));
      if (!names) return undefined;
      const [inline, managed] = await Promise.all([
        Promise.all(names.map((name) => inlinePolicy(roleName, name))),
        managedArns(roleName),
      ]);
      return { inline, managed };
    },
  };
};
