import { describe, expect, it } from '@jest/globals';
import { type AccountClaimSpec, accountClaimKind } from '../../../../accounts/resources/account-claim.ts';
import { federatedAccessKind } from '../../../../accounts/resources/aws-federated-account-access.ts';
import { federatedRoleKind } from '../../../../accounts/resources/aws-federated-role.ts';
import type { KindDefinition } from '../../../../accounts/resources/kind-definition.ts';

const reasons = ({ contradictions }: KindDefinition, spec: object): string[] =>
  contradictions({ spec, metadata: { namespace: 'harbour' } }).map(({ reason }) => reason);

const here = { name: 'aws', namespace: 'harbour' };
const elsewhere = { name: 'aws', namespace: 'other' };

const claim: AccountClaimSpec = {
  accountLink: '',
  aws: { regions: [{ name: 'us-east-1' }] },
  awsCredentialSecret: here,
  legalEntity: { id: '1', name: 'one' },
};
const brought = { byoc: true, byocAWSAccountID: '123456789012', byocSecretRef: here };

describe('what contradicts itself in a claim', () => {
  it.each<[string, Partial<AccountClaimSpec>, string[]]>([
    ['of the pool: nothing', {}, []],
    [
      'of the pool: no secret to write to',
      { awsCredentialSecret: { name: '', namespace: '' } },
      ['AWSSecretRefMissing'],
    ],
    ['of the pool: nobody it is for', { legalEntity: { id: ' ', name: 'one' } }, ['LegalEntityMissing']],
    [
      'of the pool: a secret of another namespace',
      { awsCredentialSecret: elsewhere },
      ['AWSSecretRefNamespaceMismatch'],
    ],
    ['of a customer: nothing', brought, []],
    ['of a customer: no account', { ...brought, byocAWSAccountID: '' }, ['BYOCAccountIDMissing']],
    ['of a customer: no keys', { ...brought, byocSecretRef: undefined }, ['BYOCSecretRefMissing']],
    [
      'of a customer: keys without a namespace',
      { ...brought, byocSecretRef: { name: 'byoc', namespace: '' } },
      ['BYOCSecretRefMissing'],
    ],
    [
      'of a customer: no secret',
      { ...brought, awsCredentialSecret: { name: '', namespace: '' } },
      ['AWSSecretRefMissing'],
    ],
    [
      'of a customer: keys of another namespace',
      { ...brought, byocSecretRef: elsewhere },
      ['BYOCSecretRefNamespaceMismatch'],
    ],
    [
      'of a customer: everything, in order',
      { byoc: true, awsCredentialSecret: { name: '', namespace: 'other' } },
      [
        'BYOCAccountIDMissing',
        'BYOCSecretRefMissing',
        'AWSSecretRefMissing',
        'AWSSecretRefNamespaceMismatch',
      ],
    ],
    ['with a role: no role', { manualSTSMode: true }, ['STSRoleARNMissing']],
    [
      'with a role: which comes first, and needs no keys',
      { manualSTSMode: true, byoc: true },
      ['STSRoleARNMissing'],
    ],
    [
      'with a role: nothing',
      { manualSTSMode: true, byoc: true, stsRoleARN: 'arn:aws:iam::123456789012:role/r' },
      [],
    ],
  ])('%s', (_what, differences, expected) => {
    expect(reasons(accountClaimKind, { ...claim, ...differences })).toEqual(expected);
  });
});

describe('what contradicts itself in a federated role', () => {
  const role = { roleDisplayName: 'r', roleDescription: 'd' };
  const policy = { name: 'p', description: '', awsStatements: [] };

  it.each<[string, object, string[]]>([
    ['no policy at all', {}, ['NoAWSCustomPolicyOrAWSManagedPolicies']],
    ['an empty list', { awsManagedPolicies: [] }, ['NoAWSCustomPolicyOrAWSManagedPolicies']],
    ['nothing, with a managed policy', { awsManagedPolicies: ['IAMReadOnlyAccess'] }, []],
    ['nothing, with a policy of its own', { awsCustomPolicy: policy }, []],
  ])('is %s', (_what, differences, expected) => {
    expect(reasons(federatedRoleKind, { ...role, ...differences })).toEqual(expected);
  });
});

describe('what contradicts itself in a federated access', () => {
  it.each<[string, object, string[]]>([
    ['nothing', here, []],
    ['nothing without a namespace', { name: 'aws', namespace: '' }, []],
    ['a secret of another namespace', elsewhere, ['AWSCustomerCredentialSecretNamespaceMismatch']],
  ])('is %s', (_what, awsCustomerCredentialSecret, expected) => {
    expect(reasons(federatedAccessKind, { awsCustomerCredentialSecret })).toEqual(expected);
  });
});
