import { describe, expect, it } from '@jest/globals';
import { previewOutcome } from '../../../rosactl/preview.ts';
import type { AccountPreview } from '../../../shared/account/preview-account.ts';

const arn = (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:${name}:prod`;
const clmRole = 'arn:aws:iam::111122223333:role/CLMServiceRole';
const boundary = 'arn:aws:iam::123456789012:policy/boundary';

const statement = {
  Effect: 'Allow',
  Action: ['iam:GetOpenIDConnectProvider', 'iam:CreateOpenIDConnectProvider'],
  Resource: ['arn:aws:iam::123456789012:oidc-provider/*'],
  Condition: { Null: { 'aws:TagKeys': false } },
};

const functions = {
  oidcProvisioner: arn('rosa-oidc-provisioner'),
  preflightChecker: arn('rosa-preflight-checker'),
  networkVerifier: arn('rosa-network-verifier'),
};

const preview: AccountPreview = {
  account: '123456789012',
  region: 'us-east-1',
  release: '0123456789ab',
  resources: {
    OidcRole: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: { Statement: [{ Principal: { Service: 'lambda.amazonaws.com' } }] },
        PermissionsBoundary: boundary,
        Policies: [{ PolicyName: 'Provide', PolicyDocument: { Statement: [statement] } }],
      },
    },
    OidcFunction: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'rosa-oidc-provisioner' } },
    // CloudFormation lets resources be without properties.
    Bucket: { Type: 'AWS::S3::Bucket' } as AccountPreview['resources'][string],
  },
  logGroups: [{ name: '/aws/lambda/rosa-oidc-provisioner', retentionDays: 365, kmsKeyArn: 'the-key' }],
  permissions: [{ resource: functions.oidcProvisioner, principal: clmRole, action: 'lambda:InvokeFunction' }],
  registration: {
    accountId: '123456789012',
    region: 'us-east-1',
    functions,
    authentication: 'resource-policy',
    accessMode: 'lambda',
  },
};

describe('what setting up would make', () => {
  const { exitCode, data, lines } = previewOutcome(preview);

  it('says first that nothing has been changed', () => {
    expect(exitCode).toBe(0);
    expect(lines[0]).toMatch(/0123456789ab in account 123456789012, us-east-1\. Nothing has been changed/);
  });

  it('names every resource', () => {
    expect(lines).toContain('  AWS::Lambda::Function  OidcFunction  rosa-oidc-provisioner');
    expect(lines).toContain('  AWS::S3::Bucket        Bucket');
  });

  it('shows each statement of each role, with its condition and boundary', () => {
    const from = lines.indexOf(`Role OidcRole, which Lambda assumes, bounded by ${boundary}`);
    expect(lines.slice(from + 1, from + 5)).toEqual([
      '  Provide',
      '    Allow iam:GetOpenIDConnectProvider, iam:CreateOpenIDConnectProvider',
      '      on arn:aws:iam::123456789012:oidc-provider/*',
      '      if {"Null":{"aws:TagKeys":false}}',
    ]);
  });

  it('shows who may invoke what, and what stays beside the stack', () => {
    const text = lines.join('\n');
    expect(text).toContain(`${clmRole} may lambda:InvokeFunction on ${functions.oidcProvisioner}`);
    expect(text).toMatch(
      /log group \/aws\/lambda\/rosa-oidc-provisioner, kept 365 days, encrypted with the-key/,
    );
    expect(text).toMatch(/registration with the Platform API: \{"accountId":"123456789012"/);
  });

  it('gives all of it to programs', () => {
    expect(data).toBe(preview);
  });
});

describe('what setting up would make without a Platform API', () => {
  it('is no registration, and says why', () => {
    const { lines } = previewOutcome({ ...preview, registration: undefined });
    expect(lines.join('\n')).toMatch(/no registration: no address of the Platform API is known/);
  });
});
