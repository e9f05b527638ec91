import { functionsOf } from '../customer-stack/components.ts';
import type { Authentication, PlatformApi } from '../platform-api/platform-api.ts';
import { ownPrincipalsOf } from '../release/invoke-permission.ts';
import { type PlatformEntry, platformEntryIn, platformEntryProblem } from '../release/platform-entry.ts';
import { Refused } from '../release/refused.ts';
import type { RollOutDependencies } from './roll-out.ts';

/** Where it is looked up how the platform comes in. */
export interface EntryDependencies extends Pick<RollOutDependencies, 'functions' | 'stack' | 'region'> {
  /** Absent when no address of it is known. */
  platformApi?: PlatformApi;
}

/** What was asked for; the rest is as the Platform API tells it, else as it is. */
export interface EntryRequest {
  /** The platform's role. */
  clmRoleArn?: string;
  authentication?: Authentication;
}

/** @throws Refused when the functions let in different roles, as after an exchange that was interrupted */
async function roleThatAliasesLetIn(
  { functions, region }: EntryDependencies,
  parameters: Record<string, string>,
): Promise<string | undefined> {
  const installed = functionsOf(region, parameters);
  const policies = await Promise.all(installed.map(({ name }) => functions.policy(name, 'prod')));
  const roles = [...new Set(ownPrincipalsOf(policies.flat()))];
  if (roles.length < 2) return roles[0];
  throw new Refused(
    `the functions let in different roles (${roles.join(', ')}): "rosactl setup-account --clm-role-arn <arn>" lets in one`,
  );
}

/**
 * How the platform comes in now; without a role, it does not. Somebody else whom somebody let in is not meant.
 * @throws Refused when the functions let in different roles
 */
export async function entryThatIs(dependencies: EntryDependencies): Promise<PlatformEntry> {
  const state = await dependencies.stack.state();
  if (!state) return { authentication: 'resource-policy' };
  const entry = platformEntryIn(state.parameters);
  if (entry.authentication === 'assume-role') return entry;
  return { ...entry, clmRoleArn: await roleThatAliasesLetIn(dependencies, state.parameters) };
}

const noExternalId =
  'the Platform API does not tell an external id, without which it could be led into the account by others: give its address with --platform-api-url (--api-version v1), or use --authentication resource-policy';

const noRole =
  'it is not known which role may invoke the functions: the Platform API does not tell, so give it with --clm-role-arn';

/**
 * How the platform is to come in.
 * @throws Refused when it is not known who, or with which external id, or when it is not one role; PlatformApiError
 */
export async function entryFor(dependencies: EntryDependencies, asked: EntryRequest): Promise<PlatformEntry> {
  const now = (await dependencies.stack.state())?.parameters ?? {};
  const authentication = asked.authentication ?? platformEntryIn(now).authentication;
  const isKnown = asked.clmRoleArn !== undefined && authentication === 'resource-policy';
  const told = isKnown ? undefined : await dependencies.platformApi?.info();
  const role = asked.clmRoleArn ?? told?.clmRoleArn ?? (await entryThatIs(dependencies)).clmRoleArn;
  if (!role) throw new Refused(noRole);
  const entry: PlatformEntry = { authentication, clmRoleArn: role };
  if (authentication === 'assume-role') {
    entry.externalId = told?.externalId ?? platformEntryIn(now).externalId;
    if (!entry.externalId) throw new Refused(noExternalId);
  }
  const problem = platformEntryProblem(entry);
  if (problem) throw new Refused(problem);
  return entry;
}
