import type { Caller } from '../callers.ts';
import { evaluate, type Permission, statementApplies } from '../iam/evaluate.ts';
import { listOf, type Principal, type Statement } from '../iam/policy.ts';
import { namesCaller } from '../lambda/resource-policy.ts';
import { refusals } from './gateway-answers.ts';
import type { RestApi } from './rest-api.ts';

const ACTION = 'execute-api:Invoke';

/** What is asked for, as policies name it. */
export type Wanted = { api: RestApi; stage: string; verb: string; path: string };

const apiArn = ({ region, accountId, id }: RestApi, partition = 'aws') =>
  `arn:${partition}:execute-api:${region}:${accountId}:${id}`;

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html */
const methodArn = ({ api, stage, verb, path }: Wanted) => `${apiArn(api)}/${stage}/${verb}${path}`;

/** In an API's own policy `execute-api:/stage/GET/path` is short for the whole ARN. */
const inFull = (resource: string, api: RestApi) => resource.replace(/^execute-api:(?=\/)/, apiArn(api));

const anybody = (principal: Principal | undefined) =>
  principal === '*' || listOf(principal?.AWS).includes('*');

function verdict({ api }: Wanted, permission: Permission, caller: Caller | undefined) {
  const applying = listOf<Statement>(api.policy?.Statement).filter(({ Principal, ...rest }) => {
    const Resource = listOf(rest.Resource).map((resource) => inFull(resource, api));
    const about = caller ? namesCaller(Principal, caller) : anybody(Principal);
    return about && statementApplies({ ...rest, Resource }, permission);
  });
  if (applying.some(({ Effect }) => Effect === 'Deny')) return 'denied';
  return applying.length > 0 ? 'allowed' : 'silent';
}

function contextOf({ api }: Wanted, caller: Caller | undefined): Permission['context'] {
  const context = { 'aws:requestedregion': api.region, 'aws:securetransport': 'true' };
  if (!caller) return context;
  const { roleArn, arn, accountId } = caller;
  return { ...context, 'aws:principalarn': roleArn ?? arn, 'aws:principalaccount': accountId };
}

/** AWS shows the last four digits of the API's account only. */
const masked = (arn: string) => arn.replace(/(?<=:)\d{8}(?=\d{4}:)/, '********');

function denied(wanted: Wanted, caller: Caller | undefined, reason: string) {
  const who = `User: ${caller?.arn ?? 'anonymous'}`;
  const what = `is not authorized to perform: ${ACTION} on resource: ${masked(methodArn(wanted))}`;
  return refusals.denied(`${who} ${what}${reason}`);
}

/**
 * Judges a call by the API's own policy and by its caller's. Within one account either may allow it; a caller of
 * another account needs both. The caller's policies are looked at only when IAM is enforced.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 * @param caller undefined where a method needs no signature
 * @throws GatewayRefusal
 */
export function authorizeCall(wanted: Wanted, caller: Caller | undefined, enforced: boolean): void {
  const permission = { action: ACTION, resource: methodArn(wanted), context: contextOf(wanted, caller) };
  const own = verdict(wanted, permission, caller);
  if (own === 'denied') throw denied(wanted, caller, ' with an explicit deny');
  if (!caller) {
    if (own === 'silent' && wanted.api.policy) throw denied(wanted, caller, '');
    return;
  }
  const identity = enforced ? evaluate(caller, permission) : 'allowed';
  if (identity === 'explicit-deny') throw denied(wanted, caller, ' with an explicit deny');
  const atHome = caller.accountId === wanted.api.accountId;
  const allowed = atHome
    ? own === 'allowed' || identity === 'allowed'
    : own === 'allowed' && identity === 'allowed';
  if (!allowed) throw denied(wanted, caller, '');
}
