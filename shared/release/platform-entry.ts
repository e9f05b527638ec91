import type { Authentication } from '../platform-api/platform-api.ts';
import { clmRoleProblem } from './clm-role.ts';

/** How the regional platform comes in to the functions. */
export interface PlatformEntry {
  authentication: Authentication;
  /** The platform's role; absent: nobody from outside comes in. */
  clmRoleArn?: string;
  /** What it has to name when it assumes the access role; with assume-role alone. */
  externalId?: string;
}

/** As sts:AssumeRole takes it: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const externalIds = /^[\w+=,.@:/-]{2,1224}$/;

/** Says what is wrong with a way in, or undefined when it can be made. */
export function platformEntryProblem(entry: PlatformEntry): string | undefined {
  const { authentication, clmRoleArn, externalId } = entry;
  const problem = clmRoleArn ? clmRoleProblem(clmRoleArn) : undefined;
  if (problem || authentication === 'resource-policy') return problem;
  if (clmRoleArn && externalId && externalIds.test(externalId)) return undefined;
  return 'assume-role needs clmRoleArn, and clmExternalId as the platform tells it: 2 to 1,224 letters, digits and _+=,.@:/-';
}

/** Whom the policy of the alias prod lets in: with assume-role nobody, since the role is of the functions' account. */
export const aliasPrincipalOf = ({ authentication, clmRoleArn }: PlatformEntry): string | undefined =>
  authentication === 'resource-policy' ? clmRoleArn : undefined;

/**
 * The way in that a stack's parameters describe. With resource-policy they may tell another role than the one that is
 * let in: the alias's policy tells that.
 */
export function platformEntryIn(parameters: Record<string, string>): PlatformEntry {
  const { clmAuthentication, clmRoleArn, clmExternalId } = parameters;
  if (clmAuthentication !== 'assume-role')
    return { authentication: 'resource-policy', clmRoleArn: clmRoleArn || undefined };
  return { authentication: clmAuthentication, clmRoleArn, externalId: clmExternalId || undefined };
}

/** The parameters that make a way in of a stack which has those before. */
export function entryParameters(
  { authentication, clmRoleArn = '', externalId = '' }: PlatformEntry,
  before: Record<string, string>,
): Record<string, string> {
  if (authentication === 'assume-role')
    return { clmAuthentication: authentication, clmRoleArn, clmExternalId: externalId };
  if (before.clmAuthentication !== 'assume-role') return {};
  return { clmAuthentication: authentication, clmRoleArn: '', clmExternalId: '' };
}
