import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { type Admission, admit } from '../../../../accounts/admission/admit.ts';
import type { JsonObject } from '../../../../accounts/admission/json-object.ts';
import { parseManifests } from '../../../../accounts/admission/parse-manifests.ts';

const folder = new URL('../../../fixtures/manifests/', import.meta.url);
const files = await readdir(folder);
const fixtures = (
  await Promise.all(
    files.map(async (file) => parseManifests(await readFile(new URL(file, folder), 'utf8'), file)),
  )
).flatMap(({ manifests }) => manifests);

const pool = (differences: JsonObject = {}): JsonObject => ({
  apiVersion: 'aws.managed.openshift.io/v1alpha1',
  kind: 'AccountPool',
  metadata: { name: 'pool', namespace: 'aws-account-operator' },
  spec: { poolSize: 3 },
  ...differences,
});

const claim = (spec: JsonObject = {}, metadata: JsonObject = {}): JsonObject => ({
  apiVersion: 'aws.managed.openshift.io/v1alpha1',
  kind: 'AccountClaim',
  metadata: { name: 'claim', namespace: 'harbour', ...metadata },
  spec: {
    accountLink: '',
    aws: { regions: [] },
    awsCredentialSecret: { name: 'aws', namespace: 'harbour' },
    legalEntity: { id: '1', name: 'one' },
    ...spec,
  },
});

const named = (metadata: JsonObject): JsonObject =>
  pool({ metadata: { namespace: 'aws-account-operator', ...metadata } });

function admitted(content: JsonObject, settings = {}) {
  const admission = admit(content, settings);
  if (admission.outcome === 'refused') throw new Error(admission.reasons.join('; '));
  return admission;
}

const reasons = (admission: Admission): string[] =>
  admission.outcome === 'refused' ? admission.reasons : [];

describe('an existing manifest', () => {
  it.each(fixtures.map(({ where, content }) => [where, content] as const))(
    'is admitted: %s',
    (_, content) => {
      const { wanted } = admitted(content);
      expect(wanted.resource.kind).toBe(content.kind);
    },
  );

  it('is taken as it is', () => {
    const { wanted, warnings } = admitted(claim());
    expect(wanted.resource).toEqual(claim());
    expect(warnings).toEqual([]);
  });

  it('as upstream shows it, is admitted without what is the server has, with a warning for what nothing here knows', () => {
    const exported = fixtures.find(({ where }) => where === 'exported-claim.yaml')?.content ?? {};
    const { wanted, warnings } = admitted(exported);
    expect(wanted.resource.metadata).toEqual({
      name: 'breakwater',
      namespace: 'uhc-production-breakwater',
      annotations: {},
    });
    expect(wanted.resource).not.toHaveProperty('status');
    expect(Object.keys(wanted.resource.spec)).not.toContain('customTags');
    expect(warnings).toEqual([
      'unknown field "spec.customTags"; it is left out',
      'unknown field "spec.fleetManagerConfig"; it is left out',
    ]);
  });

  it('expects the resource and the version that it names', () => {
    const { wanted } = admitted(named({ name: 'pool', uid: 'u', resourceVersion: 'v' }));
    expect(wanted.expected).toEqual({ uid: 'u', resourceVersion: 'v' });
    expect(wanted.resource.metadata).toEqual({ name: 'pool', namespace: 'aws-account-operator' });
  });

  it('is not changed by being looked at', () => {
    const content = claim({ unknown: 1 }, { creationTimestamp: null });
    const before = structuredClone(content);
    admit(content);
    expect(content).toEqual(before);
  });
});

describe('a warning', () => {
  it.each<[string, JsonObject, string[]]>([
    [
      'of unknown fields, deep inside',
      claim({ aws: { regions: [{ name: 'us-east-1', zone: 'a' }] } }),
      ['unknown field "spec.aws.regions.0.zone"; it is left out'],
    ],
    [
      'of an unknown field of the metadata',
      named({ name: 'pool', colour: 'red' }),
      ['unknown field "metadata.colour"; it is left out'],
    ],
    ['of an unknown field at the top', pool({ extra: 1 }), ['unknown field "extra"; it is left out']],
    [
      'of finalizers and owners, which controllers write',
      named({ name: 'pool', finalizers: ['example.com/mine'], ownerReferences: [{ name: 'x' }] }),
      [
        'metadata.finalizers is written by the controllers alone; it is left out',
        'metadata.ownerReferences is written by the controllers alone; it is left out',
      ],
    ],
    [
      'of what contradicts itself, with the reason that its condition will have',
      claim({ manualSTSMode: true }),
      [expect.stringMatching(/stsRoleARN is empty.*\(STSRoleARNMissing\)$/) as unknown as string],
    ],
  ])('%s does not keep a manifest out', (_what, content, expected) => {
    expect(admitted(content).warnings).toEqual(expected);
  });

  it('is not given of what every exported manifest has', () => {
    const metadata = {
      name: 'pool',
      finalizers: ['finalizer.aws.managed.openshift.io'],
      managedFields: [{}],
      generation: 4,
      labels: null,
    };
    expect(admitted(named(metadata)).warnings).toEqual([]);
  });
});

describe('the namespace', () => {
  const bare = (kind: JsonObject): JsonObject => ({ ...kind, metadata: { name: 'one' } });

  it.each<[string, JsonObject, object, string]>([
    ['of the manifest comes first', claim(), {}, 'harbour'],
    ['that is asked for comes then', bare(claim()), { namespace: 'lagoon' }, 'lagoon'],
    ['of a pool is always the same', bare(pool()), {}, 'aws-account-operator'],
    ['of others is "default" unless it is said', bare(claim()), {}, 'default'],
  ])('%s', (_what, content, settings, namespace) => {
    expect(admitted(content, settings).wanted.resource.metadata.namespace).toBe(namespace);
  });

  it.each<[string, JsonObject, object, RegExp]>([
    ['other than what is asked for', claim(), { namespace: 'lagoon' }, /is not lagoon, which was asked for/],
    [
      'of a pool other than its own',
      pool({ metadata: { name: 'pool', namespace: 'default' } }),
      {},
      /of every AccountPool must be aws-account-operator/,
    ],
  ])('%s is refused', (_what, content, settings, reason) => {
    expect(reasons(admit(content, settings))).toEqual([expect.stringMatching(reason)]);
  });
});

describe('a manifest is refused', () => {
  it.each<[string, JsonObject, RegExp]>([
    ['of an unknown kind', pool({ kind: 'Secret' }), /kind "Secret" is not known.*AccountPool, Account,/],
    ['of no kind', { metadata: {} }, /kind "undefined" is not known/],
    ['of another version', pool({ apiVersion: 'v1' }), /apiVersion must be aws\.managed\.openshift\.io/],
    ['without a spec', pool({ spec: undefined }), /^spec is missing$/],
    ['without a needed field', pool({ spec: {} }), /^spec\.poolSize is missing$/],
    ['with a text for a number', pool({ spec: { poolSize: '3' } }), /^spec\.poolSize must be a whole number/],
    ['with a negative size', pool({ spec: { poolSize: -1 } }), /^spec\.poolSize must be/],
    [
      'with a number for a text',
      claim({ legalEntity: { id: 111, name: 'n' } }),
      /^spec\.legalEntity\.id must be a text, in quotes/,
    ],
    [
      'with an account id that is none',
      claim({ byocAWSAccountID: '12345' }),
      /^spec\.byocAWSAccountID must be an AWS account id/,
    ],
    ['without a name', named({}), /^metadata\.name is missing$/],
    ['with a name in capitals', named({ name: 'Pool' }), /^metadata\.name must be a name of lower-case/],
    ['with a name that begins with a dash', named({ name: '-pool' }), /^metadata\.name must be/],
    ['with an empty part in its name', named({ name: 'a..b' }), /^metadata\.name must be/],
    ['with a name that is too long', named({ name: 'a'.repeat(254) }), /^metadata\.name must be/],
    ['with a namespace with dots', claim({}, { namespace: 'a.b' }), /^metadata\.namespace must be/],
    ['with a name to be made up', named({ name: 'a', generateName: 'a-' }), /generateName cannot be applied/],
    [
      'with a number for a label',
      named({ name: 'a', labels: { a: 1 } }),
      /^metadata\.labels\.a must be a text, in quotes/,
    ],
    ['with a label of blanks', named({ name: 'a', labels: { a: 'b c' } }), /^metadata\.labels\.a must be/],
    ['with a key of blanks', named({ name: 'a', labels: { 'a b': '' } }), /the key "a b" must be/],
    ['with a key below no name', named({ name: 'a', annotations: { '/a': '' } }), /the key "\/a" must/],
    [
      'with annotations that are too large',
      named({ name: 'a', annotations: { a: 'x'.repeat(262_144) } }),
      /annotations must be no more than 256 KiB/,
    ],
  ])('%s', (_what, content, reason) => {
    expect(reasons(admit(content))).toEqual(expect.arrayContaining([expect.stringMatching(reason)]));
  });

  it('with all that is wrong at once', () => {
    const [reason = ''] = reasons(admit(claim({ legalEntity: { id: 1 }, aws: {} })));
    expect(reason.split('; ').sort()).toEqual([
      'spec.aws.regions is missing',
      'spec.legalEntity.id must be a text, in quotes when it is all digits: the id of the customer',
      'spec.legalEntity.name is missing',
    ]);
  });

  it('rather than that a policy loses a condition', () => {
    const awsStatements = [
      {
        effect: 'Allow',
        action: ['s3:*'],
        resource: ['*'],
        condition: { Bool: { 'aws:SecureTransport': 'true' } },
      },
    ];
    const content = pool({
      kind: 'AWSFederatedRole',
      spec: {
        roleDisplayName: 'r',
        roleDescription: 'd',
        awsCustomPolicy: { name: 'p', description: 'd', awsStatements },
      },
    });
    expect(reasons(admit(content))).toEqual([
      expect.stringMatching(/^spec\.awsCustomPolicy\.awsStatements\[0\]\.condition\.Bool is not a field/),
    ]);
  });
});
