import { describe, expect, it } from '@jest/globals';
import { admit, type Wanted } from '../../../../accounts/admission/admit.ts';
import { type Intent, intentOf } from '../../../../accounts/admission/change.ts';
import type { JsonObject } from '../../../../accounts/admission/json-object.ts';
import type { Resource } from '../../../../shared/resources/resource.ts';

function wanted(kind: string, spec: JsonObject, metadata: JsonObject = {}): Wanted {
  const apiVersion = 'aws.managed.openshift.io/v1alpha1';
  const admission = admit({ apiVersion, kind, metadata: { name: 'one', ...metadata }, spec });
  if (admission.outcome === 'refused') throw new Error(admission.reasons.join('; '));
  return admission.wanted;
}

const stored = ({ resource }: Wanted, differences: Partial<Resource> = {}): Resource => ({
  ...resource,
  metadata: {
    ...{ labels: {}, annotations: {}, finalizers: ['finalizer.aws.managed.openshift.io'] },
    ...resource.metadata,
    ...{ uid: 'u1', generation: 1, resourceVersion: 'v1', creationTimestamp: '2026-03-01T09:00:00Z' },
  },
  ...differences,
});

const claimSpec = {
  accountLink: '',
  aws: { regions: [{ name: 'us-east-1' }] },
  awsCredentialSecret: { name: 'aws', namespace: 'default' },
  legalEntity: { id: '1', name: 'one' },
};
const claim = (spec: JsonObject = {}, metadata: JsonObject = {}): Wanted =>
  wanted('AccountClaim', { ...claimSpec, ...spec }, metadata);
const linked = stored(claim(), { spec: { ...claimSpec, accountLink: 'acc', accountOU: 'ou-1' } });

const account = (spec: JsonObject = {}): Wanted =>
  wanted('Account', { awsAccountID: '123456789012', iamUserSecret: '', claimLink: '', ...spec });

const specOf = (intent: Intent): JsonObject =>
  intent.outcome === 'refused' ? {} : (intent.resource.spec as JsonObject);
const reasonsOf = (intent: Intent): string[] => (intent.outcome === 'refused' ? intent.reasons : []);

describe('a manifest of what is not there', () => {
  it('makes it', () => {
    const { resource } = claim();
    expect(intentOf(claim(), undefined)).toEqual({ outcome: 'create', resource, warnings: [] });
  });

  it('never names the account of a claim: whoever could, would get its credentials', () => {
    const intent = intentOf(claim({ accountLink: 'acc' }), undefined);
    expect(specOf(intent)).toEqual(claimSpec);
    expect(intent).toMatchObject({
      outcome: 'create',
      warnings: ['spec.accountLink is written by the controllers alone; it is left as it is'],
    });
  });

  it('may name an AWS account that is there already, and whose it is', () => {
    const spec = { legalEntity: { id: '1', name: 'one' } };
    expect(specOf(intentOf(account(spec), undefined))).toMatchObject({
      awsAccountID: '123456789012',
      ...spec,
    });
  });

  it('is refused when it was made of one that was there', () => {
    const intent = intentOf(claim({}, { resourceVersion: 'v1' }), undefined);
    expect(reasonsOf(intent)).toEqual([expect.stringMatching(/metadata\.resourceVersion .*leave it out/)]);
  });
});

describe('a manifest of what is there', () => {
  it('changes nothing when it says the same', () => {
    expect(intentOf(claim(), stored(claim())).outcome).toBe('unchanged');
  });

  it('changes nothing when all that differs was written by controllers', () => {
    const before = { ...linked, status: { state: 'Ready' } };
    expect(intentOf(claim(), before)).toEqual({ outcome: 'unchanged', resource: before, warnings: [] });
  });

  it('changes the spec, and loses nothing of what else is there', () => {
    const before = { ...linked, status: { state: 'Ready' } };
    const aws = { regions: [{ name: 'eu-west-1' }] };
    const intent = intentOf(claim({ aws }), before);
    expect(intent.outcome).toBe('update');
    expect(intent).toMatchObject({ resource: { ...before, spec: { ...before.spec, aws } } });
  });

  it('removes a field that it no longer has', () => {
    const before = stored(claim({ stsRoleARN: 'arn:aws:iam::123456789012:role/r' }));
    expect(specOf(intentOf(claim(), before))).toEqual(claimSpec);
  });

  it('adds labels and annotations to those that controllers have written', () => {
    const before = stored(claim());
    before.metadata.labels = { uid: 'abc', team: 'blue' };
    const intent = intentOf(claim({}, { labels: { team: 'red' }, annotations: { a: 'b' } }), before);
    expect(intent).toMatchObject({
      outcome: 'update',
      resource: { metadata: { labels: { uid: 'abc', team: 'red' }, annotations: { a: 'b' } } },
    });
  });

  it('does not change what controllers write, and says so when it tries', () => {
    const intent = intentOf(claim({ accountLink: 'other' }), linked);
    expect(intent).toMatchObject({
      outcome: 'unchanged',
      resource: linked,
      warnings: ['spec.accountLink is written by the controllers alone; it is left as it is'],
    });
  });

  it('keeps the version that was read, so that nothing written meanwhile is lost', () => {
    const intent = intentOf(claim({ aws: { regions: [] } }), linked);
    expect(intent).toMatchObject({ resource: { metadata: { resourceVersion: 'v1' } } });
  });
});

describe('a change is refused', () => {
  it('when the manifest is of another resource of that name', () => {
    const intent = intentOf(claim({}, { uid: 'u2' }), linked);
    expect(reasonsOf(intent)).toEqual([expect.stringMatching(/uid is that of another resource/)]);
  });

  it('when the manifest was made of an older version, and is fine with the present one', () => {
    const intent = intentOf(claim({}, { resourceVersion: 'v0' }), linked);
    expect(reasonsOf(intent)).toEqual([expect.stringMatching(/changed since metadata\.resourceVersion/)]);
    expect(intentOf(claim({}, { resourceVersion: 'v1', uid: 'u1' }), linked).outcome).toBe('unchanged');
  });

  it.each<[string, Wanted, Resource, string]>([
    [
      'of the customer of a claim that has an account',
      claim({ legalEntity: { id: '2', name: 'two' } }),
      linked,
      'spec.legalEntity cannot be changed: its account serves that customer alone',
    ],
    [
      'of the secret the credentials are in',
      claim({ awsCredentialSecret: { name: 'other', namespace: 'default' } }),
      linked,
      'spec.awsCredentialSecret cannot be changed: the credentials have been put there',
    ],
    [
      'of the AWS account of an Account',
      account({ awsAccountID: '999999999999' }),
      stored(account()),
      'spec.awsAccountID cannot be changed: all that was made is in that AWS account',
    ],
    [
      'of an account of the organization to one of a customer',
      account({ byoc: true }),
      stored(account()),
      'spec.byoc cannot be changed: the account is set up and taken down accordingly',
    ],
    [
      'of an account of a customer to one of the organization',
      account({ byoc: false }),
      stored(account({ byoc: true })),
      'spec.byoc cannot be changed: the account is set up and taken down accordingly',
    ],
    [
      'of the pool of an account',
      account({ accountPool: 'other' }),
      stored(account({ accountPool: 'one' })),
      'spec.accountPool cannot be changed: that pool counts the account',
    ],
  ])('%s', (_what, manifest, before, reason) => {
    expect(reasonsOf(intentOf(manifest, before))).toEqual([reason]);
  });

  it.each<[string, Wanted, Resource]>([
    [
      'of the customer of a claim without an account',
      claim({ legalEntity: { id: '2', name: 'two' } }),
      stored(claim()),
    ],
    ['of an empty AWS account id', account(), stored(account({ awsAccountID: '' }))],
    ['of the regions of a claim', claim({ aws: { regions: [] } }), linked],
  ])('but not %s', (_what, manifest, before) => {
    expect(intentOf(manifest, before).outcome).toBe('update');
  });

  it.each<[string, Wanted, Resource]>([
    ['absent', account(), stored(account({ byoc: true }))],
    ['empty', account({ awsAccountID: '' }), stored(account())],
    ['false where there is none', account({ byoc: false }), stored(account())],
  ])('but not of a field that is %s in the manifest: it stays', (_what, manifest, before) => {
    expect(intentOf(manifest, before)).toMatchObject({ outcome: 'unchanged', resource: before });
  });
});
