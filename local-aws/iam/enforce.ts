import type { Protocol } from '../aws-errors.ts';
import { AwsError } from '../aws-errors.ts';
import { type AwsRequest, formFields } from '../aws-request.ts';
import type { Caller, Callers } from '../callers.ts';
import { type Moto, NotInMoto } from '../moto.ts';
import { type Decision, evaluate, type Permission } from './evaluate.ts';
import { type Lookups, permissionsFor } from './permissions.ts';
import type { PolicyDocument } from './policy.ts';
import { type Trust, trustOf } from './trust.ts';

const REASONS: Record<Exclude<Decision, 'allowed'>, (action: string) => string> = {
  'explicit-deny': () => 'with an explicit deny in an identity-based policy',
  'implicit-deny': (action) => `because no identity-based policy allows the ${action} action`,
  'boundary-deny': (action) => `because no permissions boundary allows the ${action} action`,
  'session-deny': (action) => `because no session policy allows the ${action} action`,
};

const INVALID_TOKEN = 'The security token included in the request is invalid.';
const UNKNOWN_KEY: Record<Protocol, [code: string, status: number, message: string]> = {
  ec2: ['AuthFailure', 401, 'AWS was not able to validate the provided access credentials'],
  query: ['InvalidClientTokenId', 403, INVALID_TOKEN],
  json: ['UnrecognizedClientException', 400, INVALID_TOKEN],
  cbor: ['UnrecognizedClientException', 400, INVALID_TOKEN],
  'rest-json': ['UnrecognizedClientException', 403, INVALID_TOKEN],
  s3: ['InvalidAccessKeyId', 403, 'The AWS Access Key Id you provided does not exist in our records.'],
};
const DENIED: Record<Protocol, [code: string, status: number]> = {
  ec2: ['UnauthorizedOperation', 403],
  query: ['AccessDenied', 403],
  json: ['AccessDeniedException', 400],
  cbor: ['AccessDeniedException', 400],
  'rest-json': ['AccessDeniedException', 403],
  s3: ['AccessDenied', 403],
};
const NEEDS_NO_KEY = /^AssumeRoleWith/;

/** AWS's sentence for a refused permission, in the error of the request's protocol. */
export function deniedError(
  request: AwsRequest,
  caller: Caller,
  permission: Permission,
  reason: string,
): AwsError {
  const [code, status] = DENIED[request.protocol];
  const intro = request.protocol === 'ec2' ? 'You are not authorized to perform this operation. ' : '';
  const { action, resource } = permission;
  const what = `User: ${caller.arn} is not authorized to perform: ${action} on resource: ${resource}`;
  return new AwsError(code, status, `${intro}${what} ${reason}`.trimEnd());
}

/** Says who calls and, when IAM is enforced, whether they may. */
export class Enforcer {
  readonly enforced: boolean;
  readonly #callers: Callers;
  readonly #moto: Moto;

  constructor(enforced: boolean, callers: Callers, moto: Moto) {
    this.enforced = enforced;
    this.#callers = callers;
    this.#moto = moto;
  }

  /** @throws AwsError when IAM is enforced and the request's key belongs to nobody. */
  async identify(request: AwsRequest): Promise<Caller> {
    const caller = request.accessKeyId ? await this.#callers.find(request.accessKeyId) : undefined;
    if (!caller && this.enforced && !NEEDS_NO_KEY.test(request.action)) {
      throw new AwsError(...UNKNOWN_KEY[request.protocol]);
    }
    return caller ?? this.#callers.stranger();
  }

  /**
   * `admitted` says that the resource's own policy lets the caller in; then only an explicit deny counts.
   * @throws AwsError in the shape of the request's protocol when the caller's policies do not allow it.
   */
  async authorize(request: AwsRequest, caller: Caller, admitted = false): Promise<void> {
    if (request.service === 'sts' && request.action === 'AssumeRole')
      return this.#authorizeAssumeRole(request, caller);
    return this.#authorizeByIdentity(request, caller, admitted);
  }

  /** A role's trust policy must let the caller in, and from another account the caller's own policies too. */
  async #authorizeAssumeRole(request: AwsRequest, caller: Caller): Promise<void> {
    const resource = formFields(request).get('RoleArn') ?? '';
    const trust = await this.#trust(resource, request, caller);
    if (trust === 'no') {
      throw deniedError(request, caller, { action: 'sts:AssumeRole', resource, context: {} }, '');
    }
    const atHome = resource.split(':')[4] === caller.accountId;
    await this.#authorizeByIdentity(request, caller, trust === 'named' && atHome);
  }

  async #trust(roleArn: string, request: AwsRequest, caller: Caller): Promise<Trust> {
    // Organizations' role is made when it is first assumed, and trusts everybody here.
    if (roleArn.endsWith(':role/OrganizationAccountAccessRole')) return 'account';
    try {
      const query = { roleArn, partition: caller.partition };
      const policy = await this.#moto.ask<PolicyDocument>('role-trust', query);
      return trustOf(policy, request, caller, this.enforced);
    } catch (error) {
      if (error instanceof NotInMoto) return this.enforced ? 'no' : 'named';
      throw error;
    }
  }

  async #authorizeByIdentity(request: AwsRequest, caller: Caller, admitted: boolean): Promise<void> {
    if (!this.enforced || request.action === 'GetCallerIdentity' || NEEDS_NO_KEY.test(request.action)) return;
    for (const permission of await permissionsFor(request, caller, this.#lookups)) {
      const decision = evaluate(caller, permission);
      if (decision === 'allowed' || (admitted && decision !== 'explicit-deny')) continue;
      throw deniedError(request, caller, permission, REASONS[decision](permission.action));
    }
  }

  /** Whether a caller could also make another call; always when IAM is not enforced. */
  allows(caller: Caller, permission: Permission): boolean {
    return !this.enforced || evaluate(caller, permission) === 'allowed';
  }

  readonly #lookups: Lookups = {
    findRoleArn: async ({ accountId, partition }, roleName) => {
      const { arn } = await this.#moto.ask<{ arn: string }>('role-arn', { accountId, partition, roleName });
      return arn;
    },
    findPartitionKey: async (arn) => {
      const { name } = await this.#moto.ask<{ name?: string }>('partition-key', { arn });
      return name;
    },
  };
}
