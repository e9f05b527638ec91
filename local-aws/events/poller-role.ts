import type { Callers } from '../callers.ts';
import type { Enforcer } from '../iam/enforce.ts';
import { parseArn } from '../lambda/function-address.ts';
import { findFunction } from '../lambda/function-version.ts';
import type { Moto } from '../moto.ts';
import type { Mapping } from './mapping.ts';

/** What it takes to know whether a function's role may read a source. */
export type RoleDependencies = { moto: Moto; enforcer: Enforcer; callers: Callers };

/**
 * What Lambda needs the function's role to be allowed for each kind of source.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html#events-sqs-permissions
 * https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-eventsourcemapping.html#events-dynamodb-permissions
 */
const NEEDED: Record<string, string[]> = {
  sqs: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
  dynamodb: [
    'dynamodb:DescribeStream',
    'dynamodb:GetRecords',
    'dynamodb:GetShardIterator',
    'dynamodb:ListStreams',
  ],
};

/** Judges whether a mapping may be polled: Lambda does so with the function's role. */
export class PollerRole {
  readonly #mapping: Mapping;
  readonly #dependencies: RoleDependencies;
  #accessKeyId: string | undefined;
  #complained = false;

  constructor(mapping: Mapping, dependencies: RoleDependencies) {
    this.#mapping = mapping;
    this.#dependencies = dependencies;
  }

  /** Always true when IAM is not enforced. Says once, on standard error, which permission is missing. */
  async mayPoll(): Promise<boolean> {
    const { enforcer, callers } = this.#dependencies;
    if (!enforcer.enforced) return true;
    const { EventSourceArn: resource, Region } = this.#mapping;
    this.#accessKeyId ??= await this.#assumeRole();
    const role = this.#accessKeyId ? await callers.find(this.#accessKeyId) : undefined;
    const context = { 'aws:requestedregion': Region };
    const actions = NEEDED[resource.split(':')[2] ?? ''] ?? [];
    const missing = role
      ? actions.find((action) => !enforcer.allows(role, { action, resource, context }))
      : actions[0];
    if (missing && !this.#complained)
      console.error(
        `${this.#mapping.FunctionArn} gets no events: its role may not ${missing} on ${resource}`,
      );
    this.#complained = missing !== undefined;
    return missing === undefined;
  }

  async #assumeRole(): Promise<string | undefined> {
    const { moto } = this.#dependencies;
    const found = await findFunction(moto, parseArn(this.#mapping.FunctionArn));
    if (!found) return undefined;
    const { roleArn, region, name } = found.version;
    const query = { roleArn, region, sessionName: name };
    return (await moto.ask<{ accessKeyId: string }>('execution-credentials', query)).accessKeyId;
  }
}
