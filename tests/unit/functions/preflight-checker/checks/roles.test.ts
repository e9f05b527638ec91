import { describe, expect, it } from '@jest/globals';
import type { AccountReader } from '../../../../../functions/preflight-checker/account-reader.ts';
import { oidcProviderReady } from '../../../../../functions/preflight-checker/checks/oidc-provider-ready.ts';
import { permissionsBoundary } from '../../../../../functions/preflight-checker/checks/permissions-boundary.ts';
import { quotaPoliciesPerRole } from '../../../../../functions/preflight-checker/checks/quota-policies-per-role.ts';
import { roleManagedPolicies } from '../../../../../functions/preflight-checker/checks/role-managed-policies.ts';
import { roleTags } from '../../../../../functions/preflight-checker/checks/role-tags.ts';
import { roleTrustPolicy } from '../../../../../functions/preflight-checker/checks/role-trust-policy.ts';
import {
  accountRoles,
  operatorRoles,
} from '../../../../../functions/preflight-checker/checks/roles-exist.ts';
import { workerRoleName } from '../../../../../functions/preflight-checker/checks/worker-role-name.ts';
import type { PreflightCheck } from '../../../../../functions/preflight-checker/preflight-facts.ts';
import type { ClusterConfig } from '../../../../../schemas/generated/preflight-checker-request.js';
import {
  type Account,
  fakeAccount,
  fakeRole,
  iamSummary,
  preflight,
} from '../../../../support/fakes/account.ts';
import { awsError } from '../../../../support/fakes/aws-errors.ts';
import {
  installer,
  managedPolicies,
  namedRoles,
  providerArn,
  roleArn,
  rosaRoles,
  storage,
  storageSubjects,
  trustOf,
  worker,
} from '../../../../support/fakes/cluster-roles.ts';

const clientIds = ['openshift', 'sts.amazonaws.com'];
const providers = { [providerArn]: { clientIds, tags: { 'red-hat-managed': 'true' } } };

const judged = (
  check: PreflightCheck,
  differences: Partial<Account> = {},
  cluster: Partial<ClusterConfig> = namedRoles,
) =>
  preflight(
    check,
    fakeAccount({ roles: rosaRoles(), policies: managedPolicies, providers, ...differences }),
    cluster,
  );

describe.each<[PreflightCheck, ...[keyof AccountReader, string][]]>([
  [accountRoles, ['role', 'iam:GetRole']],
  [operatorRoles, ['role', 'iam:GetRole']],
  [workerRoleName],
  [roleManagedPolicies, ['attachedPolicies', 'iam:ListAttachedRolePolicies']],
  [
    quotaPoliciesPerRole,
    ['attachedPolicies', 'iam:ListAttachedRolePolicies'],
    ['iamSummary', 'iam:GetAccountSummary'],
  ],
  [roleTags, ['role', 'iam:GetRole']],
  [roleTrustPolicy, ['role', 'iam:GetRole'], ['oidcProvider', 'iam:GetOpenIDConnectProvider']],
  [permissionsBoundary, ['role', 'iam:GetRole']],
  [oidcProviderReady, ['oidcProvider', 'iam:GetOpenIDConnectProvider']],
])('$name', (check, ...calls) => {
  it('says once that all is well when it is', async () => {
    expect(await judged(check)).toMatchObject([{ status: 'passed' }]);
  });

  it('has nothing to say of a request without roles and issuer, and calls nothing', async () => {
    const account = fakeAccount();
    expect(await preflight(check, account)).toEqual([]);
    expect(account.calls).toEqual([]);
  });

  it('is not determined when one of its calls is denied, and names it', async () => {
    expect(check.actions).toEqual(expect.arrayContaining(calls.map(([, action]) => action)));
    for (const [call, action] of calls) {
      const account = fakeAccount({ roles: rosaRoles(), policies: managedPolicies, providers });
      account.fail(call, awsError(action, 'AccessDenied'));
      expect(await preflight(check, account, namedRoles)).toMatchObject([
        { status: 'warning', details: { reason_code: 'access_denied', missing_action: action } },
      ]);
    }
  });
});

describe('worker_role_name', () => {
  const named = (name: string) =>
    judged(
      workerRoleName,
      {},
      { account_role_arns: { worker: `arn:aws:iam::123456789012:role/red/${name}` } },
    );

  it('passes a name of the rosa command line, whatever its path', async () => {
    expect(await named('mine-HCP-ROSA-Worker-Role')).toMatchObject([{ status: 'passed' }]);
  });

  it.each(['mine-Worker-Role', 'ROSA-Worker-Role-2'])(
    'fails %s, which the cluster may not pass on',
    async (name) => {
      expect(await named(name)).toMatchObject([
        { status: 'failed', message: expect.stringContaining('does not end in -ROSA-Worker-Role') },
      ]);
    },
  );

  it('has nothing to say of a request without a worker role', async () => {
    expect(
      await judged(workerRoleName, {}, { account_role_arns: { installer: roleArn(installer) } }),
    ).toEqual([]);
  });
});

describe('account_roles', () => {
  const named = (account_role_arns: ClusterConfig['account_role_arns']) =>
    judged(accountRoles, {}, { account_role_arns });

  it.each([
    ['is missing', roleArn('absent'), /no role absent \(support\).*rosa create account-roles/],
    ['is of another account', `arn:aws:iam::210987654321:role/${worker}`, /account 210987654321/],
    ['is of another partition', `arn:aws-cn:iam::123456789012:role/${worker}`, /partition aws-cn/],
    ['has another path', `arn:aws:iam::123456789012:role/red/${worker}`, /has the ARN .*, not/],
  ])('fails a role that %s', async (_, support, words) => {
    expect(await named({ support })).toMatchObject([
      { status: 'failed', message: expect.stringMatching(words), details: { purpose: 'support' } },
    ]);
  });

  it('fails one that is named twice', async () => {
    expect(await named({ support: roleArn(worker), worker: roleArn(worker) })).toMatchObject([
      { status: 'failed', message: expect.stringContaining('for something else') },
    ]);
  });

  it('warns of different paths', async () => {
    const roles = rosaRoles(worker, { arn: `arn:aws:iam::123456789012:role/red/${worker}` });
    const account_role_arns = {
      installer: roleArn(installer),
      worker: `arn:aws:iam::123456789012:role/red/${worker}`,
    };
    expect(await judged(accountRoles, { roles }, { account_role_arns })).toMatchObject([
      { status: 'warning', details: { paths: ['/', '/red/'] } },
    ]);
  });
});

describe('operator_roles', () => {
  const withRoles = (operator_role_arns: ClusterConfig['operator_role_arns'], roles = rosaRoles()) =>
    judged(operatorRoles, { roles }, { operator_role_arns });

  it('fails a role that is missing, and gives the command', async () => {
    expect(await withRoles({ storage: roleArn('gone') })).toMatchObject([
      { status: 'failed', message: expect.stringContaining('rosa create operator-roles --hosted-cp') },
    ]);
  });

  it('warns of different paths', async () => {
    const arn = roleArn('teams/one/ingress');
    const roles = [...rosaRoles(), fakeRole('ingress', { arn })];
    expect(await withRoles({ storage: roleArn(storage), ingress: arn }, roles)).toMatchObject([
      { status: 'warning', details: { paths: ['/teams/one/', '/'] } },
    ]);
  });
});

describe('role_managed_policies', () => {
  it('fails a role without its policy, and gives the command', async () => {
    const [result, ...rest] = await judged(roleManagedPolicies, {
      policies: { ...managedPolicies, [storage]: ['arn:aws:iam::123456789012:policy/ROSAInstallerPolicy'] },
    });
    expect(rest).toEqual([]);
    expect(result).toMatchObject({ status: 'failed', details: { role: storage, purpose: 'storage' } });
    expect(result?.message).toContain(
      `aws iam attach-role-policy --role-name ${storage} --policy-arn arn:aws:iam::aws:policy/service-role/ROSAAmazonEBSCSIDriverOperatorPolicy`,
    );
  });

  it('leaves missing roles and those of other accounts to others', async () => {
    const account_role_arns = { worker: `arn:aws:iam::210987654321:role/${worker}` };
    expect(await judged(roleManagedPolicies, { roles: [] })).toEqual([]);
    expect(await judged(roleManagedPolicies, {}, { account_role_arns })).toEqual([]);
  });
});

describe('quota_policies_per_role', () => {
  const full = Array.from({ length: 10 }, (_, index) => `arn:aws:iam::123456789012:policy/p${index}`);

  it('fails a full role that lacks its policy', async () => {
    const [result] = await judged(quotaPoliciesPerRole, { policies: { ...managedPolicies, [worker]: full } });
    expect(result).toMatchObject({ status: 'failed', details: { role: worker, quota: 10, used: 10 } });
    expect(result?.message).toContain('--quota-code L-0DA4ABF3 --desired-value 11 --region us-east-1');
  });

  it('passes a full role that has it', async () => {
    const policies = { ...managedPolicies, [worker]: [...full.slice(1), ...(managedPolicies[worker] ?? [])] };
    expect(await judged(quotaPoliciesPerRole, { policies })).toMatchObject([{ status: 'passed' }]);
  });

  it('is not determined when IAM does not tell the quota', async () => {
    const { AttachedPoliciesPerRoleQuota: _, ...rest } = iamSummary;
    expect(await judged(quotaPoliciesPerRole, { iamSummary: rest })).toMatchObject([
      { status: 'warning', details: { reason_code: 'value_absent' } },
    ]);
  });
});

describe('role_tags', () => {
  it('warns of a role for ROSA Classic and gives the command', async () => {
    const tags = { 'red-hat-managed': 'true', rosa_managed_policies: 'true' };
    const results = await judged(roleTags, { roles: rosaRoles(installer, { tags }) });
    expect(results).toMatchObject([
      { status: 'warning', details: { role: installer, missing_tags: ['rosa_hcp_policies'] } },
    ]);
    expect(results[0]?.message).toContain('--tags Key=rosa_hcp_policies,Value=true');
  });
});

describe('role_trust_policy', () => {
  const trusting = (name: string, trustPolicy: string, rest: Partial<Account> = {}) =>
    judged(roleTrustPolicy, { roles: rosaRoles(name, { trustPolicy }), ...rest });
  const statement = (fields: object) => JSON.stringify({ Statement: { Effect: 'Allow', ...fields } });

  it.each([
    ['no JSON', worker, '{', 'warning', 'not a JSON object'],
    ['a denial', worker, statement({ Effect: 'Deny', Action: '*', Principal: '*' }), 'warning', 'denies'],
    [
      'another service',
      worker,
      statement({ Action: 'sts:*', Principal: { Service: 'ecs' } }),
      'failed',
      'ec2',
    ],
    ['no role of Red Hat', installer, statement({ Action: 'sts:*', Principal: {} }), 'failed', 'Red Hat'],
    ['another provider', storage, trustOf().replaceAll('2f3a1c7e', 'other'), 'failed', 'does not let in'],
    ['one of two service accounts', storage, trustOf(String(storageSubjects[0])), 'failed', 'controller-sa'],
    [
      'other service accounts',
      storage,
      trustOf('system:serviceaccount:a:b'),
      'failed',
      'csi-driver-operator',
    ],
    [
      'every service account',
      storage,
      statement({ Action: 'sts:AssumeRoleWithWebIdentity', Principal: { Federated: providerArn } }),
      'warning',
      'no condition on',
    ],
  ])('that has %s (%s)', async (_, name, policy, status, words) => {
    expect(await trusting(name, policy)).toMatchObject([
      { status, message: expect.stringContaining(words), details: { role: name } },
    ]);
  });

  it('reckons with the usual client ids of a provider that has yet to be made', async () => {
    expect(await judged(roleTrustPolicy, { providers: {} })).toMatchObject([{ status: 'passed' }]);
  });

  it('fails an audience that the provider does not take', async () => {
    const policy = trustOf(...storageSubjects).replace(
      `"oidc.op1.openshiftapps.com/2f3a1c7e:sub"`,
      `"oidc.op1.openshiftapps.com/2f3a1c7e:aud":"mine","oidc.op1.openshiftapps.com/2f3a1c7e:sub"`,
    );
    expect(await trusting(storage, policy)).toMatchObject([
      { status: 'failed', message: expect.stringContaining('wants tokens for mine') },
    ]);
  });

  it('is not determined when IAM does not tell the client ids', async () => {
    const silent = { [providerArn]: { tags: {} } };
    expect(await judged(roleTrustPolicy, { providers: silent })).toMatchObject([
      { status: 'warning', details: { reason_code: 'value_absent' } },
    ]);
  });

  it('judges no operator roles without the issuer', async () => {
    const { operator_role_arns } = namedRoles;
    expect(await judged(roleTrustPolicy, {}, { operator_role_arns })).toEqual([]);
  });
});

describe('permissions_boundary', () => {
  it('warns of a role that has one, and names both', async () => {
    const boundary = 'arn:aws:iam::123456789012:policy/bounds';
    const roles = rosaRoles(worker, { permissionsBoundary: boundary });
    expect(await judged(permissionsBoundary, { roles })).toMatchObject([
      { status: 'warning', details: { role: worker, permissions_boundary: boundary } },
    ]);
  });
});

describe('oidc_provider_ready', () => {
  const tags = { 'red-hat-managed': 'true' };

  it.each([
    ['passed', { clientIds, tags }, 'takes tokens for openshift'],
    ['failed', { clientIds: ['other'], tags }, 'neither for openshift nor for sts.amazonaws.com'],
    ['failed', { clientIds: [], tags }, 'neither for'],
    ['warning', { clientIds: ['openshift'], tags }, 'no tokens for sts.amazonaws.com'],
    ['warning', { clientIds, tags: {} }, 'red-hat-managed=true'],
  ])('is %s for %j', async (status, provider, words) => {
    expect(await judged(oidcProviderReady, { providers: { [providerArn]: provider } })).toMatchObject([
      { status, message: expect.stringContaining(words), details: { provider: providerArn } },
    ]);
  });

  it('passes when there is none yet, and says who makes it', async () => {
    const [result] = await judged(oidcProviderReady, { providers: {} });
    expect(result).toMatchObject({ status: 'passed', message: expect.stringContaining('will make it') });
  });

  it('is not determined when IAM does not tell the client ids', async () => {
    expect(await judged(oidcProviderReady, { providers: { [providerArn]: { tags } } })).toMatchObject([
      { status: 'warning', details: { reason_code: 'value_absent' } },
    ]);
  });
});
