import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { networkChecks } from '../../functions/network-verifier/checks/index.ts';
import { preflightChecks } from '../../functions/preflight-checker/checks/index.ts';
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
