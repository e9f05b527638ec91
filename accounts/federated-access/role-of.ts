import {
  type AWSFederatedRole,
  type AWSFederatedRoleSpec,
  type AWSFederatedRoleStatus,
  federatedRoleKind,
} from '../resources/aws-federated-role.ts';
import type { AccessTurn, Finding } from './turn.ts';

/** The AWSFederatedRole that an access names, as it is now. */
export function roleOf({ store, access }: AccessTurn): Promise<AWSFederatedRole | undefined> {
  const { namespace, name } = access.spec.awsFederatedRole;
  return store.get<AWSFederatedRoleSpec, AWSFederatedRoleStatus>({
    kind: federatedRoleKind.kind,
    namespace,
    name,
  });
}

/** Whether a role is there, and will be. */
export const isThere = (role: AWSFederatedRole | undefined): role is AWSFederatedRole =>
  role !== undefined && role.metadata.deletionTimestamp === undefined;

/** Whether AWS takes a role as it is described now. */
export const isUsable = ({ status, metadata }: AWSFederatedRole): boolean =>
  status?.state === 'Valid' && status.observedGeneration === metadata.generation;

/** Why a role cannot be used. */
export function unusable({ access }: AccessTurn, role: AWSFederatedRole | undefined): Finding {
  const { namespace, name } = access.spec.awsFederatedRole;
  return isThere(role)
    ? { reason: 'RoleNotValid', message: `AWSFederatedRole ${namespace}/${name} is not Valid, or not yet` }
    : { reason: 'RoleMissing', message: `there is no AWSFederatedRole ${namespace}/${name}` };
}
