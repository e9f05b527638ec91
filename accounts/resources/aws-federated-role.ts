import type {
  AWSFederatedRoleSpec,
  AWSFederatedRoleStatus,
} from '../../schemas/generated/aws-federated-role.js';
import { validate } from '../../schemas/generated/aws-federated-role.js';
import type { Resource } from '../../shared/resources/resource.ts';
import type { Contradiction, Judged, KindDefinition } from './kind-definition.ts';
import type { StateTable } from './state-table.ts';

export type { AWSFederatedRoleSpec, AWSFederatedRoleStatus };
export type AWSFederatedRole = Resource<AWSFederatedRoleSpec, AWSFederatedRoleStatus>;
export type AWSFederatedRoleState = AWSFederatedRoleStatus['state'];

/** A changed spec is looked at again, so either may follow the other. */
export const federatedRoleStates: StateTable<AWSFederatedRoleState> = {
  '': { meaning: 'nobody has looked at it yet', next: ['Valid', 'Failed'] },
  Valid: { meaning: 'AWS takes the policies', next: ['Failed'] },
  Failed: { meaning: 'AWS does not take them; the conditions say why', next: ['Valid'] },
};

export const federatedRoleConditionTypes = {
  InProgress: 'the policies are being tried',
  Valid: 'AWS takes the policies',
  Failed: 'AWS does not take the policies, or there are none',
  Deleting: 'it waits until the accesses that use it are gone',
} as const;

function contradictions({ spec }: Judged): Contradiction[] {
  const { awsCustomPolicy, awsManagedPolicies = [] } = spec as AWSFederatedRoleSpec;
  if (awsCustomPolicy?.name || awsManagedPolicies.length > 0) return [];
  const message = 'the role has neither awsCustomPolicy nor awsManagedPolicies: give at least one of them';
  return [{ reason: 'NoAWSCustomPolicyOrAWSManagedPolicies', message }];
}

export const federatedRoleKind: KindDefinition = {
  kind: 'AWSFederatedRole',
  meaning: 'What somebody outside may do in an AWS account',
  plural: 'awsfederatedroles',
  singular: 'awsfederatedrole',
  shortName: 'fr',
  validate,
  columns: [
    { name: 'State', jsonPath: '.status.state', type: 'string' },
    { name: 'Age', jsonPath: '.metadata.creationTimestamp', type: 'date' },
    { name: 'Display Name', jsonPath: '.spec.roleDisplayName', type: 'string', wide: true },
  ],
  states: federatedRoleStates,
  conditionTypes: federatedRoleConditionTypes,
  written: [],
  fixed: [],
  contradictions,
};
