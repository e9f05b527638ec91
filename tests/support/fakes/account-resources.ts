import { apiVersion, operatorNamespace } from '../../../accounts/resources/api.ts';
import type { NewResource, Resource } from '../../../shared/resources/resource.ts';
import type { ResourceStore } from '../../../shared/resources/resource-store.ts';

type Metadata = Partial<NewResource['metadata']>;

/** A claim of a namespace. */
export const aClaim = (metadata: Metadata = {}, spec: object = {}): NewResource => ({
  apiVersion,
  kind: 'AccountClaim',
  metadata: { name: 'harbour', namespace: 'default', ...metadata },
  spec: {
    accountLink: '',
    aws: { regions: [{ name: 'eu-west-1' }] },
    awsCredentialSecret: { name: 'aws', namespace: metadata.namespace ?? 'default' },
    legalEntity: { id: '1', name: 'one' },
    ...spec,
  },
});

/** An account as its pool makes it. */
export const anAccount = (metadata: Metadata = {}, spec: object = {}): NewResource => ({
  apiVersion,
  kind: 'Account',
  metadata: { name: 'osd-creds-mgmt-aaaaaa', namespace: operatorNamespace, ...metadata },
  spec: { awsAccountID: '', iamUserSecret: '', claimLink: '', ...spec },
});

export const aPool = (name = 'osd-creds-mgmt', poolSize = 3): NewResource => ({
  apiVersion,
  kind: 'AccountPool',
  metadata: { name, namespace: operatorNamespace },
  spec: { poolSize },
});

/** Stores a resource, with a status if there is one. */
export async function store(into: ResourceStore, resource: NewResource, status?: object): Promise<Resource> {
  const creation = await into.create(resource);
  if (creation.outcome !== 'created') throw new Error(`it ${creation.outcome}`);
  return status ? into.updateStatus({ ...creation.resource, status }) : creation.resource;
}
