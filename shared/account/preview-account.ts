import { functionsOf } from '../customer-stack/components.ts';
import { logGroupOf, type WantedRetention, wantedRetention } from '../customer-stack/log-group-name.ts';
import { resolvedResources, type TemplateResource } from '../customer-stack/template.ts';
import type { AccountRegistration } from '../platform-api/platform-api.ts';
import { aliasPrincipalOf, entryParameters } from '../release/platform-entry.ts';
import { prodArns } from './function-arns.ts';
import { entryFor } from './platform-entry.ts';
import type { SetUpDependencies, SetUpRequest } from './set-up-account.ts';
import { wantedParameters } from './wanted-parameters.ts';
import { wantedRegistration } from './wanted-registration.ts';

/** All that setting an account up would put there. */
export interface AccountPreview {
  account: string;
  region: string;
  release: string;
  /** The stack's resources by logical id, with their properties as they would be. */
  resources: Record<string, TemplateResource>;
  /** Kept when the stack is removed. */
  logGroups: ({ name: string } & WantedRetention)[];
  /** One statement on the alias `prod` of each function; with assume-role none. */
  permissions: { resource: string; principal: string; action: 'lambda:InvokeFunction' }[];
  /** What the Platform API would be told; absent when no address of it is known. */
  registration?: AccountRegistration;
}

/**
 * Says what setting up would make, down to each statement of each role; changes nothing.
 * @throws IntegrityError, Refused, StackFailure, AwsCallError
 */
export async function previewAccount(
  dependencies: SetUpDependencies,
  request: SetUpRequest,
): Promise<AccountPreview> {
  const { stack, service, region, platformApi } = dependencies;
  const release = await dependencies.release();
  const entry = await entryFor(dependencies, request);
  const { account, partition } = await dependencies.caller();
  const place = { account, region, partition };
  const before = await stack.state();
  const ofEntry = entryParameters(entry, before?.parameters ?? {});
  const parameters = wantedParameters(region, before, { ...request.parameters, ...ofEntry });
  const template = await service.template({ release, stage: 'prod', parameters });
  const installed = functionsOf(region, parameters);
  const aliases = Object.values(prodArns(place, { account, functions: installed }));
  const principal = aliasPrincipalOf(entry);
  return {
    account,
    region,
    release: release.id,
    resources: resolvedResources(template, place),
    logGroups: installed.map(({ name }) => ({ name: logGroupOf(name), ...wantedRetention(parameters) })),
    permissions: aliases.flatMap((resource) =>
      principal ? [{ resource, principal, action: 'lambda:InvokeFunction' }] : [],
    ),
    ...(platformApi && { registration: wantedRegistration(place, installed, { ...request, ...entry }) }),
  };
}
