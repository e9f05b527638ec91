import type {
  AWSFederatedAccountAccessSpec,
  AWSFederatedAccountAccessStatus,
} from '../../schemas/generated/aws-federated-account-access.js';
import { validate } from '../../schemas/generated/aws-federated-account-access.js';
import type { Resource } from '../../shared/resources/resource.ts';
import type { Contradiction, Judged, KindDefinition } from './kind-definition.ts';
import type { StateTable } from './state-table.ts';

export type { AWSFederatedAccountAccessSpec, AWSFederatedAccountAccessStatus };
export type AWSFederatedAccountAccess = Resource<
  AWSFederatedAccountAccessSpec,
  AWSFederatedAccountAccessStatus
>;
export type AWSFederatedAccountAccessState = '' | AWSFederatedAccountAccessStatus['state'];

export const federatedAccessStates: StateTable<AWSFederatedAccountAccessState> = {
  '': { meaning: 'nobody has looked at it yet', next: ['InProgress', 'Failed'] },
  InProgress: { meaning: 'role and policies are being made, or waited for', next: ['Ready', 'Failed'] },
  // When the AWSFederatedRole has changed.
  Ready: { meaning: 'the principal may take on the role', next: ['InProgress', 'Failed'] },
  // When its AWSFederatedRole is there. One whose role was taken down stays: docs/accounts/federated.md.
  Failed: { meaning: 'stopped; the conditions say why', next: ['InProgress'] },
};

export const federatedAccessConditionTypes = {
  InProgress: 'role and policies are being made',
  Ready: 'the principal may take on the role',
  Failed: 'role or policies could not be made',
  CleanUpFailed: 'they could not be taken down; it is tried again, and the account stays with its claim',
} as const;

function contradictions({ spec, metadata }: Judged): Contradiction[] {
  const { awsCustomerCredentialSecret } = spec as AWSFederatedAccountAccessSpec;
  const { namespace } = awsCustomerCredentialSecret;
  if (!namespace || namespace === metadata.namespace) return [];
  const message =
    'awsCustomerCredentialSecret is in another namespace: an access uses secrets of its own namespace only';
  return [{ reason: 'AWSCustomerCredentialSecretNamespaceMismatch', message }];
}

const why = 'role and policies have been made for it: delete this access and make another';

export const federatedAccessKind: KindDefinition = {
  kind: 'AWSFederatedAccountAccess',
  meaning: 'The access of one IAM principal outside to one AWS account',
  plural: 'awsfederatedaccountaccesses',
  singular: 'awsfederatedaccountaccess',
  shortName: 'faa',
  validate,
  columns: [
    { name: 'State', jsonPath: '.status.state', type: 'string' },
    { name: 'Age', jsonPath: '.metadata.creationTimestamp', type: 'date' },
    { name: 'Federated Role', jsonPath: '.spec.awsFederatedRole.name', type: 'string', wide: true },
    { name: 'Principal', jsonPath: '.spec.externalCustomerAWSIAMARN', type: 'string', wide: true },
  ],
  states: federatedAccessStates,
  conditionTypes: federatedAccessConditionTypes,
  written: [],
  fixed: [
    { field: 'externalCustomerAWSIAMARN', since: 'creation', why },
    { field: 'awsCustomerCredentialSecret', since: 'creation', why },
    { field: 'awsFederatedRole', since: 'creation', why },
  ],
  contradictions,
};
