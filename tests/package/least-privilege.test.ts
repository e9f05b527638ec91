import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { networkChecks } from '../../functions/network-verifier/checks/index.ts';
import { preflightChecks } from '../../functions/preflight-checker/checks/index.ts';
import { accessRoleActions, accessRoleName } from '../../shared/customer-stack/access-role.ts';
import { type PackagedService, packagedService } from '../support/packaged-service.ts';

interface Statement {
  Effect: string;
  Action: string | string[];
  Resource: unknown;
}
interface Policy {
  PolicyName: string;
  PolicyDocument: { Statement: Statement[] };
}

/** The only actions that no listing of code can show: what AWS does with the role on the function's behalf. */
const byLambdaItself = ['AttachToVpc', 'DecryptEnvironment', 'Tracing', 'WriteOwnLog'];

let service: PackagedService;
beforeAll(async () => {
  service = await packagedService();
}, 120_000);
afterAll(() => service.remove());

/** Every policy of a role, conditional ones included. */
function policiesOf(key: string): Policy[] {
  const policies = service.template.Resources[`${key}Role`]?.Properties.Policies as (Policy & {
    'Fn::If'?: [string, Policy, unknown];
  })[];
  return policies.map((policy) => policy['Fn::If']?.[1] ?? policy);
}

const statementsOf = (policies: Policy[]): Statement[] =>
  policies.flatMap((policy) => policy.PolicyDocument.Statement);

const actionsOf = (statements: Statement[]): string[] => statements.flatMap(({ Action }) => Action).sort();

const root = fileURLToPath(new URL('../..', import.meta.url));

const read = async (files: string[]): Promise<string> =>
  (await Promise.all(files.map((file) => readFile(root + file, 'utf8')))).join('\n');

/** The IAM actions that a function's code, and what it shares of `shared/aws/`, name in their calls to AWS. */
async function actionsInCode(component: string): Promise<string[]> {
  const found = await readdir(`${root}functions/${component}`, { recursive: true });
  const own = await read(
    found.filter((file) => file.endsWith('.ts')).map((file) => `functions/${component}/${file}`),
  );
  const shared = [...own.matchAll(/'[./]+\/(shared\/aws\/[\w-]+\.ts)'/g)].map(([, file = '']) => file);
  const code = own + (await read([...new Set(shared)]));
  return [...new Set([...code.matchAll(/'([a-z0-9]+:[A-Z]\w+)'/g)].map(([, action = '']) => action))].sort();
}

describe.each([
  ['OidcProvisioner', 'oidc-provisioner'],
  ['PreflightChecker', 'preflight-checker'],
  ['NetworkVerifier', 'network-verifier'],
])('the role of %s', (key, component) => {
  it('allows what the code calls and nothing else', async () => {
    const own = policiesOf(key).filter(({ PolicyName }) => !byLambdaItself.includes(PolicyName));
    expect(actionsOf(statementsOf(own))).toEqual(await actionsInCode(component));
  });

  it('has no wildcard in any action', () => {
    expect(actionsOf(statementsOf(policiesOf(key))).filter((action) => /[*?]/.test(action))).toEqual([]);
  });

  it('writes to its own log group alone', () => {
    const log = policiesOf(key).filter(({ PolicyName }) => PolicyName === 'WriteOwnLog');
    expect(statementsOf(log)).toEqual([
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: {
          'Fn::Sub': `arn:\${AWS::Partition}:logs:\${AWS::Region}:\${AWS::AccountId}:log-group:/aws/lambda/rosa-${component}:*`,
        },
      },
    ]);
  });

  it('can be assumed by Lambda alone', () => {
    expect(service.template.Resources[`${key}Role`]?.Properties.AssumeRolePolicyDocument).toEqual({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
      ],
    });
  });
});

describe.each([
  ['PreflightChecker', preflightChecks],
  ['NetworkVerifier', networkChecks],
])('the role of %s', (key, checks: readonly { actions: readonly string[] }[]) => {
  it('allows what the checks of the catalogue need and nothing else', () => {
    const own = policiesOf(key).filter(({ PolicyName }) => !byLambdaItself.includes(PolicyName));
    const needed = new Set(checks.flatMap(({ actions }) => actions));
    expect(actionsOf(statementsOf(own))).toEqual([...needed].sort());
  });
});

describe('the role that the regional platform assumes', () => {
  const functionArn = (component: string, qualifier = '') => ({
    'Fn::Sub': `arn:\${AWS::Partition}:lambda:\${AWS::Region}:\${AWS::AccountId}:function:rosa-${component}${qualifier}`,
  });
  const components = ['oidc-provisioner', 'preflight-checker', 'network-verifier'];
  const role = () => service.template.Resources.RegionalPlatformAccessRole;

  it('is made when it is asked for alone', () => {
    expect(role()?.Condition).toBe('HasAccessRole');
    expect(service.template.Conditions.HasAccessRole).toEqual({
      'Fn::Equals': [{ Ref: 'ClmAuthentication' }, 'assume-role'],
    });
  });

  it('can be assumed by the platform alone, and with its external id alone', () => {
    expect(role()?.Properties.AssumeRolePolicyDocument).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: { Ref: 'ClmRoleArn' } },
          Action: 'sts:AssumeRole',
          Condition: { StringEquals: { 'sts:ExternalId': { Ref: 'ClmExternalId' } } },
        },
      ],
    });
  });

  it('may do what its drift is judged by, and nothing else', () => {
    expect(actionsOf(statementsOf(policiesOf('RegionalPlatformAccess')))).toEqual(accessRoleActions);
  });

  it('invokes the alias prod of each function, and neither $LATEST nor a version nor another stage', () => {
    const invoking = statementsOf(policiesOf('RegionalPlatformAccess')).filter(
      ({ Action }) => Action === 'lambda:InvokeFunction',
    );
    expect(invoking).toEqual([
      {
        Effect: 'Allow',
        Action: 'lambda:InvokeFunction',
        Resource: components.map((component) => functionArn(component, ':prod')),
      },
    ]);
  });

  it('reads of these functions and their log groups alone, and finds by tag in its region', () => {
    const others = statementsOf(policiesOf('RegionalPlatformAccess')).filter(
      ({ Action }) => Action !== 'lambda:InvokeFunction',
    );
    expect(others).toEqual([
      {
        Effect: 'Allow',
        Action: 'lambda:GetFunctionConfiguration',
        Resource: components.flatMap((component) => [functionArn(component), functionArn(component, ':*')]),
      },
      {
        Effect: 'Allow',
        Action: 'logs:FilterLogEvents',
        Resource: components.map((component) => ({
          'Fn::Sub': `arn:\${AWS::Partition}:logs:\${AWS::Region}:\${AWS::AccountId}:log-group:/aws/lambda/rosa-${component}:*`,
        })),
      },
      {
        Effect: 'Allow',
        Action: 'tag:GetResources',
        Resource: '*',
        Condition: { StringEquals: { 'aws:RequestedRegion': { Ref: 'AWS::Region' } } },
      },
    ]);
  });

  it('has the name that the rest of the product knows, and the boundary of the others', () => {
    const region = ['$', '{AWS::Region}'].join('');
    expect(role()?.Properties.RoleName).toEqual({ 'Fn::Sub': accessRoleName(region) });
    expect(role()?.Properties.PermissionsBoundary).toEqual(
      service.template.Resources.OidcProvisionerRole?.Properties.PermissionsBoundary,
    );
  });
});

describe('the only role that may write', () => {
  it('is that of the OIDC provisioner, and only to OIDC providers', () => {
    const own = policiesOf('OidcProvisioner').filter(
      ({ PolicyName }) => !byLambdaItself.includes(PolicyName),
    );
    for (const { Resource } of statementsOf(own)) {
      expect(Resource).toEqual({
        // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation fills this in, not JavaScript
        'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:oidc-provider/${OidcIssuerPattern}',
      });
    }
    const others = [...policiesOf('PreflightChecker'), ...policiesOf('NetworkVerifier')].filter(
      ({ PolicyName }) => !byLambdaItself.includes(PolicyName),
    );
    expect(actionsOf(statementsOf(others)).filter((action) => !/:(Describe|Get|List)/.test(action))).toEqual(
      [],
    );
  });
});
