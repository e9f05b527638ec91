import { describe, expect, it } from '@jest/globals';
import { validate as isRegistration } from '../../../../schemas/generated/platform-account-registration.js';
import { validate as isCluster } from '../../../../schemas/generated/platform-cluster.js';
import { validate as isClusterRequest } from '../../../../schemas/generated/platform-cluster-request.js';
import { dialects } from '../../../../shared/platform-api/versions.ts';
import { arn, cluster, dualRegistration, registration } from '../../../support/platform-api/examples.ts';

const { v0, v1 } = dialects;

/** A cluster as the schema has it, but for its status. */
const whole = {
  id: '2f3a1c7e-8d4b-4c6a-9e5f-0a1b2c3d4e5f',
  name: 'dev1',
  account_id: '123456789012',
  region: 'us-east-1',
  vpc_id: 'vpc-0a1b2c3d',
  subnet_ids: ['subnet-0a1b2c3d'],
  created_at: '2026-03-01T09:04:00Z',
  created_by: 'arn:aws:iam::123456789012:user/a',
};

describe('v1', () => {
  const lambda_functions = {
    oidc_provisioner: arn('oidc-provisioner'),
    preflight_checker: arn('preflight-checker'),
    network_verifier: arn('network-verifier'),
  };
  const account = {
    account_id: '123456789012',
    region: 'us-east-1',
    lambda_functions,
    authentication: 'resource-policy',
    access_mode: 'lambda',
  };

  it('registers an account by its schema', () => {
    expect(v1.registration(registration)).toEqual(account);
    expect(isRegistration(v1.registration(registration))).toBe(true);
  });

  it('registers an account that lets it assume a role, and has a second way, by its schema', () => {
    expect(v1.registration(dualRegistration)).toEqual({
      ...account,
      authentication: 'assume-role',
      access_mode: 'dual',
      invocation_role_arn: dualRegistration.invocationRoleArn,
      oidc_sts_role_arn: dualRegistration.oidcStsRoleArn,
      lambda_versions: { oidc_provisioner: { version: '3', code_sha256: `${'a'.repeat(43)}=` } },
    });
    expect(isRegistration(v1.registration(dualRegistration))).toBe(true);
  });

  it('changes of an account what is named, and nothing else', () => {
    expect(JSON.parse(JSON.stringify(v1.accountChange?.({ accessMode: 'oidc-sts' })))).toEqual({
      access_mode: 'oidc-sts',
    });
  });

  it('reads what it knows of an account', () => {
    const answer = {
      ...(v1.registration(dualRegistration) as object),
      external_id: 'rosa-lambda-access:123456789012',
      release: '0.1.0',
      last_answer_at: '2026-03-01T09:05:00Z',
    };
    expect(v1.account(answer)).toEqual({
      ...dualRegistration,
      externalId: 'rosa-lambda-access:123456789012',
      release: '0.1.0',
      lastAnswerAt: '2026-03-01T09:05:00Z',
    });
  });

  it('reads an account without functions', () => {
    const { lambda_functions: _, ...rest } = account;
    expect(v1.account({ ...rest, access_mode: 'oidc-sts' })).toMatchObject({ accessMode: 'oidc-sts' });
  });

  it('reads an account, overlooking what it does not know', () => {
    const created = { created_at: '2026-03-01T09:00:00Z', created_by: 'arn:aws:iam::123456789012:user/a' };
    expect(v1.account({ ...account, ...created, new_field: {} })).toEqual({
      ...registration,
      createdAt: created.created_at,
      createdBy: created.created_by,
    });
  });

  it('requests a cluster by its schema', () => {
    const whole = {
      ...cluster,
      version: '4.22',
      clusterConfig: { instance_types: ['m5.xlarge'], node_count: 3 },
      requirements: { zero_egress: true },
    };
    const request = v1.clusterRequest(whole, 'token-1');
    expect(request).toEqual({
      name: 'dev1',
      region: 'us-east-1',
      vpc_id: 'vpc-0a1b2c3d',
      subnet_ids: ['subnet-0a1b2c3d', 'subnet-0b1b2c3d'],
      version: '4.22',
      cluster_config: { instance_types: ['m5.xlarge'], node_count: 3 },
      requirements: { zero_egress: true },
      client_token: 'token-1',
    });
    expect(isClusterRequest(request)).toBe(true);
    expect(isClusterRequest(v1.clusterRequest(cluster, 'token-1'))).toBe(true);
  });

  it('adds fields of a spec to the request, but never in place of what was said', () => {
    const spec = { name: 'other', requirements: { zero_egress: true, machine_cidr: '10.0.0.0/16' } };
    const requirements = { zero_egress: false };
    expect(v1.clusterRequest({ ...cluster, requirements, spec }, 'token-1')).toMatchObject({
      name: 'dev1',
      requirements: { zero_egress: false, machine_cidr: '10.0.0.0/16' },
    });
  });

  it('takes the client token of a spec', () => {
    const spec = { client_token: 'mine' };
    expect(v1.clusterRequest({ ...cluster, spec }, 'token-1')).toMatchObject({ client_token: 'mine' });
  });

  it('reads a cluster', () => {
    const answer = {
      access_mode: 'dual',
      oidc_provider_arn: 'arn:aws:iam::123456789012:oidc-provider/oidc.example.com/2f3a1c7e',
      id: '2f3a1c7e-8d4b-4c6a-9e5f-0a1b2c3d4e5f',
      name: 'dev1',
      account_id: '123456789012',
      region: 'us-east-1',
      vpc_id: 'vpc-0a1b2c3d',
      subnet_ids: ['subnet-0a1b2c3d'],
      version: '4.22.1',
      oidc_issuer_url: 'https://oidc.example.com/2f3a1c7e',
      status: {
        phase: 'Provisioning',
        message: 'The control plane is being made',
        conditions: [{ type: 'Available', status: 'False', last_transition_time: '2026-03-01T09:05:00Z' }],
      },
      created_at: '2026-03-01T09:04:00Z',
      created_by: 'arn:aws:iam::123456789012:user/a',
    };
    expect(v1.cluster(answer)).toEqual({
      id: answer.id,
      name: 'dev1',
      region: 'us-east-1',
      vpcId: 'vpc-0a1b2c3d',
      version: '4.22.1',
      oidcIssuerUrl: answer.oidc_issuer_url,
      oidcProviderArn: answer.oidc_provider_arn,
      accessMode: 'dual',
      operations: [],
      phase: 'Provisioning',
      message: 'The control plane is being made',
      conditions: [{ type: 'Available', status: 'False', lastTransitionTime: '2026-03-01T09:05:00Z' }],
      createdAt: answer.created_at,
      createdBy: answer.created_by,
    });
  });
});

describe('what v1 tells of an operation', () => {
  const readOperation = (operation: object) =>
    v1.clusterStatus({ status: { phase: 'Failed', conditions: [], operations: [operation] } }).operations[0];

  it('is all that the schema has', () => {
    const finding = {
      check_name: 'vpc_dns_support',
      status: 'failed',
      message: 'DNS is off',
      resource_id: 'vpc-1',
    };
    const operation = {
      operation: 'network-verifier',
      outcome: 'failed',
      via: 'oidc-sts',
      at: '2026-03-01T09:05:00Z',
      attempts: 2,
      request_id: 'request-1',
      duration_ms: 1234,
      function_arn: arn('network-verifier'),
      version: '3',
      code_sha256: 'hash',
      release: '0.1.0',
      fallback: { kind: 'denied', message: 'not let in' },
      error: { kind: 'function-failed', message: 'it broke', error_type: 'InternalError' },
      summary: { status: 'failed', failed: 1, warning: 0, passed: 3 },
      findings: [finding],
      findings_cut: 4,
    };
    expect(
      isCluster({ ...whole, status: { phase: 'Failed', conditions: [], operations: [operation] } }),
    ).toBe(true);
    expect(readOperation(operation)).toEqual({
      operation: 'network-verifier',
      outcome: 'failed',
      via: 'oidc-sts',
      at: '2026-03-01T09:05:00Z',
      attempts: 2,
      requestId: 'request-1',
      durationMs: 1234,
      functionArn: arn('network-verifier'),
      version: '3',
      codeSha256: 'hash',
      release: '0.1.0',
      fallback: { kind: 'denied', message: 'not let in' },
      error: { kind: 'function-failed', message: 'it broke', errorType: 'InternalError' },
      summary: operation.summary,
      findings: [{ check: 'vpc_dns_support', status: 'failed', message: 'DNS is off', resourceId: 'vpc-1' }],
      findingsCut: 4,
    });
  });

  it('may be little', () => {
    expect(readOperation({ operation: 'oidc-provisioner', outcome: 'passed', via: 'lambda' })).toEqual({
      operation: 'oidc-provisioner',
      outcome: 'passed',
      via: 'lambda',
      findings: [],
    });
  });

  it.each(['operation', 'outcome', 'via'])('is refused without %s', (field) => {
    const operation = { operation: 'o', outcome: 'passed', via: 'lambda', [field]: undefined };
    expect(() => readOperation(operation)).toThrow(`the field ${field} is missing`);
  });
});

describe('v0', () => {
  it('cannot change an account', () => {
    expect(v0.accountChange).toBeUndefined();
  });

  it('registers an account as one without privileges, and nothing else of it', () => {
    expect(v0.registration(registration)).toEqual({ accountId: '123456789012', privileged: false });
  });

  it('reads an account', () => {
    const answer = { kind: 'Account', accountId: '123456789012', privileged: false, createdAt: 'then' };
    expect(v0.account(answer)).toEqual({ accountId: '123456789012', createdAt: 'then' });
  });

  it('requests a cluster as HyperShift specifies it, with the first subnet', () => {
    expect(v0.clusterRequest({ ...cluster, version: '4.22' }, 'token-1')).toEqual({
      name: 'dev1',
      spec: {
        hostedCluster: {
          release: { image: '4.22' },
          platform: {
            type: 'AWS',
            aws: {
              region: 'us-east-1',
              cloudProviderConfig: { vpc: 'vpc-0a1b2c3d', subnet: { id: 'subnet-0a1b2c3d' } },
            },
          },
        },
      },
    });
  });

  it('merges a spec, such as the roles and the zone, but never in place of what was said', () => {
    const aws = {
      rolesRef: { ingressARN: 'arn:aws:iam::123456789012:role/ingress' },
      cloudProviderConfig: { vpc: 'vpc-other', zone: 'us-east-1a' },
    };
    const spec = {
      displayName: 'Development',
      hostedCluster: { release: { image: '4.21' }, platform: { aws } },
    };
    expect(v0.clusterRequest({ ...cluster, spec }, 'token-1')).toEqual({
      name: 'dev1',
      spec: {
        displayName: 'Development',
        hostedCluster: {
          release: { image: '4.21' },
          platform: {
            type: 'AWS',
            aws: {
              region: 'us-east-1',
              rolesRef: aws.rolesRef,
              cloudProviderConfig: {
                vpc: 'vpc-0a1b2c3d',
                zone: 'us-east-1a',
                subnet: { id: 'subnet-0a1b2c3d' },
              },
            },
          },
        },
      },
    });
  });

  const answer = { id: 'i', name: 'dev1', created_at: 'then', target_project_id: '1', resource_version: '7' };

  it('reads a cluster that no operator has seen yet', () => {
    expect(v0.cluster(answer)).toEqual({
      id: 'i',
      name: 'dev1',
      createdAt: 'then',
      phase: 'Unknown',
      conditions: [],
      operations: [],
    });
  });

  it('reads a cluster', () => {
    const aws = { region: 'us-east-1', cloudProviderConfig: { vpc: 'vpc-0a1b2c3d' } };
    const spec = { hostedCluster: { release: { image: '4.22' }, platform: { aws } } };
    const condition = {
      type: 'Available',
      status: 'True',
      lastTransitionTime: 'later',
      reason: 'AsExpected',
    };
    const status = { phase: 'Ready', version: '4.22.3', observedGeneration: 1, conditions: [condition] };
    const oidc_issuer_url = 'https://oidc.example.com/i';
    expect(v0.cluster({ ...answer, spec, status, oidc_issuer_url, created_by: 'arn:a' })).toEqual({
      id: 'i',
      name: 'dev1',
      createdAt: 'then',
      createdBy: 'arn:a',
      region: 'us-east-1',
      vpcId: 'vpc-0a1b2c3d',
      version: '4.22.3',
      oidcIssuerUrl: oidc_issuer_url,
      phase: 'Ready',
      conditions: [condition],
      operations: [],
    });
  });

  it('takes the version asked for and the issuer of the older API when there is no other', () => {
    const spec = { hostedCluster: { release: { image: '4.22' } }, cloudUrl: 'https://cdn.example.com/i' };
    expect(v0.cluster({ ...answer, spec })).toMatchObject({
      version: '4.22',
      oidcIssuerUrl: 'https://cdn.example.com/i',
    });
  });
});

describe.each(['v0', 'v1'] as const)('%s', (version) => {
  const dialect = dialects[version];

  it('reads a status', () => {
    const status = { phase: 'Failed', message: 'the VPC has no NAT gateway', conditions: null };
    expect(dialect.clusterStatus({ cluster_id: 'i', status })).toEqual({
      phase: 'Failed',
      message: 'the VPC has no NAT gateway',
      conditions: [],
      operations: [],
    });
  });

  it.each([null, 'text', [], 7])('refuses %j for a cluster', (answer) => {
    expect(() => dialect.cluster(answer)).toThrow('the cluster is not a JSON object');
  });

  it.each(['id', 'name', 'created_at'])('refuses a cluster without %s', (field) => {
    const answer = { id: 'i', name: 'n', created_at: 'then', [field]: undefined };
    expect(() => dialect.cluster(answer)).toThrow(`the field ${field} is missing`);
  });

  it('refuses an account without its id', () => {
    const lambda_functions = { oidc_provisioner: 'a', preflight_checker: 'b', network_verifier: 'c' };
    expect(() => dialect.account({ lambda_functions })).toThrow(/the field account_?[iI]d is missing/);
  });

  it('refuses a condition without a type', () => {
    expect(() => dialect.clusterStatus({ status: { conditions: [{ status: 'True' }] } })).toThrow(
      'the field type is missing',
    );
  });
});
