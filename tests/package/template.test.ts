import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Template } from '../../shared/customer-stack/template.ts';
import { type PackagedService, packagedService, packageService } from '../support/packaged-service.ts';
import { lint, statementsIn } from '../support/template-checks.ts';

const functions = {
  OidcProvisioner: { component: 'oidc-provisioner', memory: 128, timeout: 60 },
  PreflightChecker: { component: 'preflight-checker', memory: 256, timeout: 300 },
  NetworkVerifier: { component: 'network-verifier', memory: 256, timeout: 300 },
};
const keys = Object.keys(functions) as (keyof typeof functions)[];

let service: PackagedService;
let template: Template;

beforeAll(async () => {
  service = await packagedService();
  template = service.template;
}, 120_000);
afterAll(() => service.remove());

const propertiesOf = (logicalId: string) => {
  const resource = template.Resources[logicalId];
  if (!resource) throw new Error(`the template has no ${logicalId}`);
  return resource.Properties;
};

const environmentOf = ({ Resources }: Template, key: string): Record<string, string> => {
  const properties = Resources[`${key}LambdaFunction`]?.Properties;
  return (properties?.Environment as { Variables: Record<string, string> } | undefined)?.Variables ?? {};
};

describe.each(keys)('%s', (key) => {
  const wanted = functions[key];

  it('has the name, size, runtime and role of its own', () => {
    expect(propertiesOf(`${key}LambdaFunction`)).toMatchObject({
      FunctionName: `rosa-${wanted.component}`,
      MemorySize: wanted.memory,
      Timeout: wanted.timeout,
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Role: { 'Fn::Sub': `\${${key}Role.Arn}` },
    });
  });

  it('is tagged for discovery', () => {
    expect(propertiesOf(`${key}LambdaFunction`).Tags).toEqual(
      expect.arrayContaining([
        { Key: 'rosa:component', Value: wanted.component },
        { Key: 'rosa:version', Value: expect.stringMatching(/^\d+\.\d+\.\d+$/) },
      ]),
    );
  });

  it("encrypts its environment with the customer's key when there is one", () => {
    const key_ = { 'Fn::If': ['HasKmsKey', { Ref: 'KmsKeyArn' }, { Ref: 'AWS::NoValue' }] };
    expect(propertiesOf(`${key}LambdaFunction`).KmsKeyArn).toEqual(key_);
  });
});

describe('code signing', () => {
  it('is asked of all three functions when there are signing profiles, and of none without', () => {
    for (const key of keys) {
      expect(propertiesOf(`${key}LambdaFunction`).CodeSigningConfigArn).toEqual({
        'Fn::If': [
          'HasSigningProfiles',
          { 'Fn::GetAtt': ['CodeSigning', 'CodeSigningConfigArn'] },
          { Ref: 'AWS::NoValue' },
        ],
      });
    }
    expect(template.Resources.CodeSigning).toMatchObject({ Condition: 'HasSigningProfiles' });
  });

  it('refuses code that was not signed, rather than warn of it', () => {
    expect(propertiesOf('CodeSigning')).toMatchObject({
      AllowedPublishers: { SigningProfileVersionArns: { Ref: 'SigningProfileVersionArns' } },
      CodeSigningPolicies: { UntrustedArtifactOnDeployment: 'Enforce' },
    });
  });
});

describe('the stack', () => {
  it('has no log groups, which outlive it', () => {
    const types = Object.values(template.Resources).map(({ Type }) => Type);
    expect(types).not.toContain('AWS::Logs::LogGroup');
  });

  it('has neither versions nor aliases nor permissions: a release makes them', () => {
    const types = Object.values(template.Resources).map(({ Type }) => Type);
    expect(types).not.toContain('AWS::Lambda::Version');
    expect(types).not.toContain('AWS::Lambda::Alias');
    expect(types).not.toContain('AWS::Lambda::Permission');
  });

  it('attaches only the network verifier to a VPC', () => {
    const attached = keys.filter((key) => propertiesOf(`${key}LambdaFunction`).VpcConfig);
    expect(attached).toEqual(['NetworkVerifier']);
  });

  it('tells the network verifier, and no other, which subnets it is attached to: none by default', () => {
    const told = keys.map((key) => environmentOf(template, key).ROSA_ATTACHED_SUBNET_IDS);
    expect(told).toEqual([undefined, undefined, '']);
  });

  it('passes cfn-lint, and so do the templates that are deployed by themselves', async () => {
    const standalone = ['sink.yml', 'link.yml', 'fleet-dashboard.json'].map((file) =>
      join(service.folder, 'observability/cross-account', file),
    );
    expect(await lint(service.templateFile, ...standalone)).toBe('');
  });

  it('allows nobody anything by a wildcard in the name of an action', () => {
    const allowed = statementsIn(template.Resources).filter(({ Effect }) => Effect === 'Allow');
    expect(allowed.length).toBeGreaterThan(10);
    expect(allowed.flatMap(({ Action }) => Action ?? []).filter((action) => action.includes('*'))).toEqual(
      [],
    );
  });

  it('lets no stranger in: who is allowed something is a service or, if so asked, the platform', () => {
    const { RegionalPlatformAccessRole: access, ...others } = template.Resources;
    expect(access?.Condition).toBe('HasAccessRole');
    const principals = statementsIn(others)
      .filter(({ Effect, Principal }) => Effect === 'Allow' && Principal)
      .map(({ Principal }) => JSON.stringify(Principal));
    for (const principal of principals) expect(principal).toMatch(/^\{"Service":"[a-z]+\.amazonaws\.com"\}$/);
  });

  it('has only buckets that are encrypted and closed to the public', () => {
    const buckets = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::S3::Bucket');
    expect(buckets).toHaveLength(2);
    for (const { Properties } of buckets) {
      expect(Properties.BucketEncryption).toBeDefined();
      expect(Properties.PublicAccessBlockConfiguration).toEqual({
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      });
    }
  });

  it('has packages below 600 KB', async () => {
    for (const key of ['oidcProvisioner', 'preflightChecker', 'networkVerifier']) {
      expect((await service.zip(key)).byteLength).toBeLessThan(600_000);
    }
  });
});

describe('parameters', () => {
  it('reach the template, which passes cfn-lint then too', async () => {
    const other = await packageService({
      logRetentionDays: '365',
      kmsKeyArn: 'arn:aws:kms:us-east-1:123456789012:key/0a1b2c3d-0000-4000-8000-000000000000',
      tracing: 'true',
      reservedConcurrency: '5',
      architecture: 'x86_64',
      networkVerifierName: 'acme-network-verifier',
      networkVerifierSubnetIds: 'subnet-0a1b2c3d,subnet-0b1b2c3d',
      networkVerifierSecurityGroupIds: 'sg-0a1b2c3d',
      alarms: 'false',
      alarmTopicArn: 'arn:aws:sns:us-east-1:123456789012:operations',
      alarmEndpoint: 'operations@example.com',
      dashboard: 'false',
      logArchive: 'true',
      logArchiveRetentionDays: '365',
      clmRoleArn: 'arn:aws:iam::111122223333:role/CLMServiceRole',
      clmAuthentication: 'assume-role',
      clmExternalId: 'rosa-lambda-access:123456789012',
    });
    const { Parameters, Resources } = other.template;
    const offences = await lint(other.templateFile);
    await other.remove();
    expect(offences).toBe('');
    expect(Resources.NetworkVerifierLambdaFunction?.Properties).toMatchObject({
      FunctionName: 'acme-network-verifier',
      Architectures: ['x86_64'],
    });
    expect(environmentOf(other.template, 'NetworkVerifier')).toMatchObject({
      ROSA_ATTACHED_SUBNET_IDS: 'subnet-0a1b2c3d,subnet-0b1b2c3d',
    });
    expect(Parameters).toMatchObject({
      ClmRoleArn: { Default: 'arn:aws:iam::111122223333:role/CLMServiceRole' },
      ClmAuthentication: { Default: 'assume-role' },
      ClmExternalId: { Default: 'rosa-lambda-access:123456789012' },
      KmsKeyArn: { Default: 'arn:aws:kms:us-east-1:123456789012:key/0a1b2c3d-0000-4000-8000-000000000000' },
      Tracing: { Default: 'true' },
      ReservedConcurrency: { Default: '5' },
      NetworkVerifierSubnetIds: { Default: 'subnet-0a1b2c3d,subnet-0b1b2c3d' },
      Alarms: { Default: 'false' },
      AlarmTopicArn: { Default: 'arn:aws:sns:us-east-1:123456789012:operations' },
      AlarmEndpoint: { Default: 'operations@example.com' },
      Dashboard: { Default: 'false' },
      LogArchive: { Default: 'true' },
      LogArchiveRetentionDays: { Default: '365' },
    });
    expect(Resources.NetworkVerifierErrorRateAlarm?.Properties).toMatchObject({
      AlarmName: 'acme-network-verifier-error-rate',
    });
  }, 60_000);

  it.each([
    ['a stage that is none', {}, 'qa', /there is no stage "qa": choose one of prod, staging, dev/],
    [
      'subnets without security groups',
      { networkVerifierSubnetIds: 'subnet-0a1b2c3d' },
      'prod',
      /go together: give both or none/,
    ],
    ['an account as principal', { clmRoleArn: '111122223333' }, 'prod', /full ARN of one IAM role/],
    [
      'assume-role without an external id',
      { clmAuthentication: 'assume-role', clmRoleArn: 'arn:aws:iam::111122223333:role/CLMServiceRole' },
      'prod',
      /assume-role needs clmRoleArn, and clmExternalId/,
    ],
    [
      'a word that is no way to come in',
      { clmAuthentication: 'lambda' },
      'prod',
      /must be resource-policy or assume-role/,
    ],
    ['a retention that CloudWatch does not know', { logRetentionDays: '91' }, 'prod', /logRetentionInDays/],
  ])(
    'refuse %s',
    async (_what, parameters, stage, message) => {
      const { runServerless } = await import('../../tools/deploy.ts');
      const environment = { AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_REGION: 'us-east-1' };
      const refused = runServerless(['package'], { stage, environment, parameters, folder: service.folder });
      await expect(refused).rejects.toThrow(message);
    },
    60_000,
  );
});

describe('two packagings of one commit', () => {
  it('are equal to the byte', async () => {
    const again = await packageService();
    for (const key of ['oidcProvisioner', 'preflightChecker', 'networkVerifier']) {
      expect((await again.zip(key)).equals(await service.zip(key))).toBe(true);
    }
    await again.remove();
  }, 60_000);
});
