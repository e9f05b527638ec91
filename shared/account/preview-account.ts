import { functionsOf } from '../customer-stack/components.ts';
import { logGroupOf, type WantedRetention, wantedRetention } from '../customer-stack/log-group-name.ts';
import { resolvedResources, type TemplateResource } from '../customer-stack/template.ts';
import type { FunctionArns } from '../platform-api/platform-api.ts';
import { prodArns } from './register-account.ts';
import { clmRoleFor, type SetUpDependencies, type SetUpRequest } from './set-up-account.ts';
import { wantedParameters } from './wanted-parameters.ts';

/** All that setting an account up would put there. */
export interface AccountPreview {
  account: string;
  region: string;
  release: string;
  /** The stack's resources by logical id, with their properties as they would be. */
  resources: Record<string, TemplateResource>;
  /** Kept when the stack is removed. */
  logGroups: ({ name: string } & WantedRetention)[];
  /** One statement on the alias `prod` of each function. */
  permissions: { resource: string; principal: string; action: 'lambda:InvokeFunction' }[];
  /** What the Platform API would be told; absent when no address of it is known. */
  registration?: { account: string; region: string; functions: FunctionArns };
}

/**
 * Says what setting up would make, down to each statement of each role; changes nothing.
 * @throws IntegrityError, Refused, StackFailure, AwsCallError
 */
export async function previewAccount(
  dependencies: SetUpDependencies,
  { parameters: asked, clmRoleArn }: SetUpRequest,
): Promise<AccountPreview> {
  const { stack, service, region, platformApi } = dependencies;
  const release = await dependencies.release();
  const principal = await clmRoleFor(dependencies, clmRoleArn);
  const { account, partition } = await dependencies.caller();
  const parameters = wantedParameters(region, await stack.state(), asked);
  const template = await service.template({ release, stage: 'prod', parameters });
  const installed = functionsOf(region, parameters);
  const functions = prodArns({ partition, region }, { account, functions: installed });
  return {
    account,
    region,
    release: release.id,
    resources: resolvedResources(template, { account, region, partition }),
    logGroups: installed.map(({ name }) => ({ name: logGroupOf(name), ...wantedRetention(parameters) })),
    permissions: Object.values(functions).map((resource) => ({
      resource,
      principal,
      action: 'lambda:InvokeFunction',
    })),
    ...(platformApi && { registration: { account, region, functions } }),
  };
}
