import { describe, expect, it } from '@jest/globals';
import { legacyFacts } from '../../../../shared/legacy-access/legacy-facts.ts';
import { legacyOperatorRoles } from '../../../../shared/legacy-access/operator-roles.ts';
import {
  fakeLegacy,
  issuer,
  legacyAccount,
  operatorRole,
  operatorRoleName,
  operatorStatement,
  providerArn,
  role,
  rosaProvider,
} from '../../../support/fakes/legacy-access.ts';

const check = (...roles: ReturnType<typeof role>[]) =>
  legacyOperatorRoles.run(legacyFacts(fakeLegacy(legacyAccount({ roles }))));

const sub = { [`${issuer}:sub`]: 'system:serviceaccount:a:b' };
const conditionOn = (equals: object) => ({ Condition: { StringEquals: { ...sub, ...equals } } });
const denial = (differences: object = {}) => ({
  Effect: 'Deny',
  Principal: '*',
  Action: 'sts:*',
  ...differences,
});

describe('legacy_operator_roles', () => {
  it('passes a role as the rosa command line makes it', async () => {
    expect(await check(operatorRole())).toEqual([
      {
        status: 'passed',
        message: `The trust policy of the role ${operatorRoleName} lets in tokens of ${providerArn}`,
        resourceId: operatorRoleName,
        details: { provider: providerArn },
      },
    ]);
  });

  it.each([
    ['an audience of the provider', conditionOn({ [`${issuer}:aud`]: 'openshift' })],
    ['one audience of several', conditionOn({ [`${issuer}:aud`]: ['other', 'sts.amazonaws.com'] })],
    ['the issuer in capitals', conditionOn({ [`${issuer.toUpperCase()}:aud`]: 'openshift' })],
    ['a pattern', { Condition: { StringLike: { ...sub, [`${issuer}:aud`]: 'open*' } } }],
    ['several actions', { Action: ['sts:TagSession', 'sts:AssumeRoleWithWebIdentity'] }],
    ['several providers', { Principal: { Federated: ['arn:other', providerArn] } }],
  ])('passes one with %s', async (_what, differences) => {
    expect(await check(operatorRole(differences))).toMatchObject([{ status: 'passed' }]);
  });

  it.each([
    ['another action', { Action: 'sts:AssumeRole' }, /does not allow sts:AssumeRoleWithWebIdentity/],
    [
      'an audience the provider does not take',
      conditionOn({ [`${issuer}:aud`]: 'sts.amazonaws.com.cn' }),
      /wants tokens for sts.amazonaws.com.cn.*takes tokens for openshift, sts.amazonaws.com/,
    ],
    [
      'a condition on another issuer',
      { Condition: { StringEquals: { 'oidc.example.com/other:sub': 'system:serviceaccount:a:b' } } },
      /oidc.example.com\/other:sub, which tokens of oidc.op1.openshiftapps.com\/2f3a1c7e do not have/,
    ],
  ])('fails one with %s, and names role and provider', async (_what, differences, told) => {
    const findings = await check(operatorRole(differences));
    expect(findings).toMatchObject([
      { status: 'failed', message: expect.stringMatching(told), resourceId: operatorRoleName },
    ]);
    expect(findings[0]?.details).toEqual({ provider: providerArn });
  });

  it('fails one whose permission is denied again', async () => {
    expect(await check(role(operatorRoleName, operatorStatement(), denial()))).toMatchObject([
      { status: 'failed', message: expect.stringContaining('denies sts:AssumeRoleWithWebIdentity') },
    ]);
  });

  it('takes no notice of a denial that is about something else', async () => {
    const others = denial({ Principal: { AWS: 'arn:aws:iam::123456789012:user/admin' } });
    const another = denial({ Action: 'sts:AssumeRole' });
    expect(await check(role(operatorRoleName, operatorStatement(), others, another))).toMatchObject([
      { status: 'passed' },
    ]);
  });

  it('warns of a role that every service account of the cluster can assume', async () => {
    expect(await check(operatorRole({ Condition: undefined }))).toMatchObject([
      { status: 'warning', message: expect.stringContaining('every service account') },
    ]);
  });

  it.each([
    ['an unknown operator', [operatorStatement({ Condition: { StringNotEquals: sub } })]],
    ['a condition on something else', [operatorStatement(conditionOn({ 'aws:SourceVpc': 'vpc-1' }))]],
    ['a denial under conditions', [operatorStatement(), denial({ Condition: { Bool: { a: 'true' } } })]],
    ['an exception', [operatorStatement(), { Effect: 'Deny', NotPrincipal: { AWS: 'a' }, Action: '*' }]],
  ])('does not pass what it cannot judge: %s', async (_what, statements) => {
    expect(await check(role(operatorRoleName, ...statements))).toMatchObject([
      { status: 'warning', details: { reason_code: 'not_verifiable', provider: providerArn } },
    ]);
  });

  it('tells of the statement that works, when another does not', async () => {
    const broken = operatorStatement({ Action: 'sts:AssumeRole' });
    expect(await check(role(operatorRoleName, broken, operatorStatement()))).toMatchObject([
      { status: 'passed' },
    ]);
  });

  it('does not let what it cannot judge hide a failure', async () => {
    const broken = operatorStatement({ Action: 'sts:AssumeRole' });
    const conditional = denial({ Condition: { Bool: { a: 'true' } } });
    expect(await check(role(operatorRoleName, broken, conditional))).toMatchObject([{ status: 'failed' }]);
  });

  it('warns of a provider that no role trusts', async () => {
    const ofOthers = role('github', operatorStatement({ Principal: { Federated: `${providerArn}-other` } }));
    expect(await check(ofOthers)).toMatchObject([
      { status: 'warning', resourceId: providerArn, message: expect.stringContaining('No role trusts') },
    ]);
  });

  it('judges a role once for each provider of ROSA it trusts', async () => {
    const second = `${providerArn}-second`;
    const account = legacyAccount({
      providers: [rosaProvider(), rosaProvider({ arn: second })],
      roles: [operatorRole({ Principal: { Federated: [providerArn, second] } })],
    });
    const findings = await legacyOperatorRoles.run(legacyFacts(fakeLegacy(account)));
    expect(findings.map(({ details }) => details?.provider)).toEqual([providerArn, second]);
  });
});
