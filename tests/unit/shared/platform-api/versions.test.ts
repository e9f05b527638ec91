import { describe, expect, it } from '@jest/globals';
import { validate as isRegistration } from '../../../../schemas/generated/platform-account-registration.js';
import { validate as isClusterRequest } from '../../../../schemas/generated/platform-cluster-request.js';
import { dialects } from '../../../../shared/platform-api/versions.ts';
import { arn, cluster, registration } from '../../../support/platform-api/examples.ts';

const { v0, v1 } = dialects;

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
    authentication: 'lambda',
  };

  it('registers an account by its schema', () => {
    expect(v1.registration(registration)).toEqual(account);
    expect(isRegistration(v1.registration(registration))).toBe(true);
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
    const request = v1.clusterRequest(whole);
    expect(request).toEqual({
      name: 'dev1',
      region: 'us-east-1',
      vpc_id: 'vpc-0a1b2c3d',
      subnet_ids: ['subnet-0a1b2c3d', 'subnet-0b1b2c3d'],
      version: '4.22',
      cluster_config: { instance_types: ['m5.xlarge'], node_count: 3 },
      requirements: { zero_egress: true },
    });
    expect(isClusterRequest(request)).toBe(true);
    expect(isClusterRequest(v1.clusterRequest(cluster))).toBe(true);
  });

  it('adds fields of a spec to the request, but never in place of what was said', () => {
    const spec = { name: 'other', requirements: { zero_egress: true, machine_cidr: '10.0.0.0/16' } };
    const requirements = { zero_egress: false };
    expect(v1.clusterRequest({ ...cluster, requirements, spec })).toMatchObject({
      name: 'dev1',
      requirements: { zero_egress: false, machine_cidr: '10.0.0.0/16' },
    });
  });

  it('reads a cluster', () => {
    const answer = {
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
      phase: 'Provisioning',
      message: 'The control plane is being made',
      conditions: [{ type: 'Available', status: 'False', lastTransitionTime: '2026-03-01T09:05:00Z' }],
      createdAt: answer.created_at,
      createdBy: answer.created_by,
    });
  });
});

describe('v0', () => {
  it('registers an account as one without privileges, and nothing else of it', () => {
    expect(v0.registration(registration)).toEqual({ accountId: '123456789012', privileged: false });
  });

  it('reads an account', () => {
    const answer = { kind: 'Account', accountId: '123456789012', privileged: false, createdAt: 'then' };
    expect(v0.account(answer)).toEqual({ accountId: '123456789012', createdAt: 'then' });
  });

  it('requests a cluster as HyperShift specifies it, with the first subnet', () => {
    expect(v0.clusterRequest({ ...cluster, version: '4.22' })).toEqual({
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
    expect(v0.clusterRequest({ ...cluster, spec })).toEqual({
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
