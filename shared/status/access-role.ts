import {
  type AccessRole,
  accessRoleActions,
  accessRoleName,
  closedBoundary,
} from '../customer-stack/access-role.ts';
import { parseTrustPolicy, type TrustPolicy } from '../iam/trust-policy.ts';
import { type PlatformEntry, platformEntryIn } from '../release/platform-entry.ts';
import type { Drift } from './drift.ts';
import { isUnread, type NotDetermined, type Reading, reading } from './reading.ts';
import { actionsDrift, type ExecutionRoles, type RolePermissions } from './role.ts';

/** Where the access role is read from. */
export interface AccessRoleSources {
  accessRole: AccessRole;
  executionRoles: ExecutionRoles;
}

/** How the regional platform comes in, as the stack has it, and what is not so. */
export interface AccessStatus extends PlatformEntry {
  /** Name of the role that it assumes; with assume-role alone. */
  roleName?: string;
  drift: Drift[];
  notDetermined: NotDetermined[];
}

/** What AWS says of the role. */
interface AccessRoleFacts {
  described: Awaited<ReturnType<AccessRole['describe']>>;
  permissions: RolePermissions | undefined;
}

/** Where the role is, and what its stack was told. */
export interface AccessPlace {
  region: string;
  partition: string;
  /** Values of the stack's parameters by name. */
  parameters: Record<string, string>;
}

/** The trust policy as access-role.yml makes it. */
const wantedTrust = ({ clmRoleArn = '', externalId = '' }: PlatformEntry): TrustPolicy => ({
  statements: [
    {
      effect: 'Allow',
      actions: ['sts:AssumeRole'],
      principals: { AWS: [clmRoleArn] },
      conditions: [{ operator: 'StringEquals', key: 'sts:externalid', values: [externalId] }],
    },
  ],
});

/** The same as the document that mends it. */
const trustDocument = ({ clmRoleArn, externalId }: PlatformEntry): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: clmRoleArn },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'sts:ExternalId': externalId } },
      },
    ],
  });

function trustDrift(name: string, trustPolicy: string, entry: PlatformEntry): Drift[] {
  const trust = parseTrustPolicy(trustPolicy);
  if (JSON.stringify(trust) === JSON.stringify(wantedTrust(entry))) return [];
  return [
    {
      aspect: 'permission',
      message: `the role ${name} is to be assumed by ${entry.clmRoleArn} alone, with the external id ${entry.externalId}; its trust policy says something else: ${trustPolicy}`,
      next: `aws iam update-assume-role-policy --role-name ${name} --policy-document '${trustDocument(entry)}'`,
    },
  ];
}

function boundaryDrift(name: string, boundaryArn: string | undefined, place: AccessPlace): Drift[] {
  const wanted = place.parameters.permissionsBoundaryArn || undefined;
  if (boundaryArn === wanted) return [];
  const isClosed = boundaryArn === closedBoundary(place.partition);
  const found = isClosed
    ? 'is closed, so the platform cannot come in'
    : `is bounded by ${boundaryArn ?? 'nothing'}`;
  const message = `the role ${name} ${found}; it is to be bounded by ${wanted ?? 'nothing'}`;
  return [{ aspect: 'permission', message, next: 'rosactl setup-account' }];
}

/** How the role differs from what the stack makes. */
function driftOf(
  { described, permissions }: AccessRoleFacts,
  entry: PlatformEntry,
  place: AccessPlace,
): Drift[] {
  const name = accessRoleName(place.region);
  const next = 'rosactl cleanup-account, then rosactl setup-account';
  if (!described || !permissions)
    return [
      { aspect: 'role', message: `the role ${name}, which the platform assumes, does not exist`, next },
    ];
  return [
    ...trustDrift(name, described.trustPolicy, entry),
    ...boundaryDrift(name, described.boundaryArn, place),
    ...actionsDrift(name, permissions, { always: accessRoleActions }, next),
  ];
}

const readRole = (
  { accessRole, executionRoles }: AccessRoleSources,
  name: string,
): Promise<Reading<AccessRoleFacts>> =>
  reading(async () => {
    const [described, permissions] = await Promise.all([
      accessRole.describe(name),
      executionRoles.permissions(name),
    ]);
    return { described, permissions };
  });

/**
 * Compares the role that the platform assumes with what the stack makes; without assume-role there is none.
 * @throws AwsCallError when no call would be answered
 */
export async function accessStatus(sources: AccessRoleSources, place: AccessPlace): Promise<AccessStatus> {
  const entry = platformEntryIn(place.parameters);
  if (entry.authentication !== 'assume-role')
    return { authentication: entry.authentication, drift: [], notDetermined: [] };
  const roleName = accessRoleName(place.region);
  const facts = await readRole(sources, roleName);
  if (isUnread(facts)) return { ...entry, roleName, drift: [], notDetermined: [facts] };
  return { ...entry, roleName, drift: driftOf(facts, entry, place), notDetermined: [] };
}
