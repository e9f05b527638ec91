import type { PackagedFunction } from '../../shared/customer-stack/release-manifest.ts';

interface Policy {
  PolicyDocument: { Statement: { Effect: string; Action: string | string[] }[] };
}

/** A policy of a role in the template, or one that is there under a condition only. */
type MaybePolicy =
  | Policy
  | { 'Fn::If': [condition: string, then: Policy | { Ref: string }, otherwise: unknown] };

const allowed = ({ PolicyDocument }: Policy): string[] =>
  PolicyDocument.Statement.filter(({ Effect }) => Effect === 'Allow').flatMap(({ Action }) => Action);

const sorted = (actions: string[]): string[] => [...new Set(actions)].sort();

/** The actions that a role of the template allows: always, and under some condition only. */
export function grantedActions(role: Record<string, unknown>): PackagedFunction['actions'] {
  const policies = (role.Policies ?? []) as MaybePolicy[];
  const always = policies.flatMap((policy) => ('Fn::If' in policy ? [] : allowed(policy)));
  const sometimes = policies.flatMap((policy) => {
    const then = 'Fn::If' in policy ? policy['Fn::If'][1] : undefined;
    return then && 'PolicyDocument' in then ? allowed(then) : [];
  });
  return { always: sorted(always), sometimes: sorted(sometimes) };
}
