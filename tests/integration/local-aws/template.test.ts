import { ValidateTemplateCommand } from '@aws-sdk/client-cloudformation';
import { GetRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  GetFunctionCodeSigningConfigCommand,
  GetFunctionCommand,
  GetPolicyCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../../local-aws/local-aws.ts';
import { type Clients, clientsFor, invoke, messagesIn } from './support.ts';

const trust = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { Service: ['lambda.amazonaws.com'] }, Action: ['sts:AssumeRole'] },
  ],
};
const templateAllowing = (Action: string) => ({
  Resources: {
    Group: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/custom' } },
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        RoleName: 'from-template',
        AssumeRolePolicyDocument: trust,
        Policies: [
          {
            PolicyName: 'inline',
            PolicyDocument: {
              Version: '2012-10-17',
              Statement: [{ Effect: 'Allow', Action, Resource: { 'Fn::GetAtt': ['Group', 'Arn'] } }],
            },
          },
        ],
      },
    },
    Signing: {
      Type: 'AWS::Lambda::CodeSigningConfig',
      Properties: {
        AllowedPublishers: {
          SigningProfileVersionArns: [
            'arn:aws:signer:us-east-1:123456789012:/signing-profiles/one/0a1b2c3d4e',
          ],
        },
      },
    },
    Function: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName: 'from-template',
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
        // CloudFormation packs inline code; moto names the file index.py, which no Node handler finds.
        Code: { ZipFile: 'pass' },
        Architectures: ['arm64'],
        CodeSigningConfigArn: { 'Fn::GetAtt': ['Signing', 'CodeSigningConfigArn'] },
        LoggingConfig: { LogGroup: '/custom' },
        Tags: [{ Key: 'red-hat-managed', Value: 'true' }],
        TracingConfig: { Mode: 'Active' },
      },
    },
    Permission: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        FunctionName: { Ref: 'Function' },
        Action: 'lambda:InvokeFunction',
        Principal: 'events.amazonaws.com',
      },
    },
  },
});

let aws: LocalAws;
let clients: Clients;

async function deploy(Action: 'CreateStack' | 'UpdateStack', allowed: string): Promise<void> {
  const credential = `${aws.environment.AWS_ACCESS_KEY_ID}/20260101/us-east-1/cloudformation/aws4_request`;
  const TemplateBody = JSON.stringify(templateAllowing(allowed));
  const response = await fetch(aws.url, {
    method: 'POST',
    headers: { authorization: `AWS4-HMAC-SHA256 Credential=${credential}` },
    body: new URLSearchParams({ Action, StackName: 's', TemplateBody }),
  });
  if (!response.ok) throw new Error(await response.text());
}

beforeAll(async () => {
  aws = await startLocalAws();
  clients = clientsFor(aws);
  await deploy('CreateStack', 'logs:PutLogEvents');
});
afterAll(() => aws.close());

describe("a template's function", () => {
  it('has the settings the template gives it', async () => {
    const { Configuration, Tags } = await clients.lambda.send(
      new GetFunctionCommand({ FunctionName: 'from-template' }),
    );
    expect(Tags).toEqual({ 'red-hat-managed': 'true' });
    expect(Configuration).toMatchObject({
      Architectures: ['arm64'],
      LoggingConfig: { LogGroup: '/custom' },
      TracingConfig: { Mode: 'Active' },
    });
  });

  it('has the code signing configuration of the template', async () => {
    const asked = new GetFunctionCodeSigningConfigCommand({ FunctionName: 'from-template' });
    const { CodeSigningConfigArn } = await clients.lambda.send(asked);
    expect(CodeSigningConfigArn).toMatch(
      /^arn:aws:lambda:us-east-1:123456789012:code-signing-config:csc-[0-9a-f]{17}$/,
    );
  });

  it('has the permission the template gives it', async () => {
    const { Policy = '' } = await clients.lambda.send(
      new GetPolicyCommand({ FunctionName: 'from-template' }),
    );
    expect(JSON.parse(Policy).Statement).toMatchObject([{ Principal: { Service: 'events.amazonaws.com' } }]);
  });

  it('logs to the group the template names', async () => {
    await invoke(clients, 'from-template');
    expect((await messagesIn(clients, '/custom')).join('')).toContain('REPORT RequestId');
  });

  it('moves to another group when it is told to', async () => {
    const LoggingConfig = { LogGroup: '/other' };
    await clients.lambda.send(
      new UpdateFunctionConfigurationCommand({ FunctionName: 'from-template', LoggingConfig }),
    );
    await invoke(clients, 'from-template');
    expect((await messagesIn(clients, '/other')).join('')).toContain('REPORT RequestId');
  });
});

describe("a template's role", () => {
  const statements = async () => {
    const asked = new GetRolePolicyCommand({ RoleName: 'from-template', PolicyName: 'inline' });
    const { PolicyDocument = '' } = await clients.iam.send(asked);
    return JSON.parse(decodeURIComponent(PolicyDocument)).Statement;
  };

  it('shows its inline policy, in which a log group covers its streams', async () => {
    const Resource = 'arn:aws:logs:us-east-1:123456789012:log-group:/custom:*';
    expect(await statements()).toEqual([{ Effect: 'Allow', Action: 'logs:PutLogEvents', Resource }]);
  });

  it('follows the template when the stack is updated', async () => {
    await deploy('UpdateStack', 'logs:CreateLogStream');
    expect(await statements()).toMatchObject([{ Action: 'logs:CreateLogStream' }]);
  });
});

describe('ValidateTemplate', () => {
  const validate = (TemplateBody: string) =>
    clients.cloudFormation.send(new ValidateTemplateCommand({ TemplateBody }));

  it.each([
    ['JSON', '{"Description": "one queue", "Resources": {"Queue": {"Type": "AWS::SQS::Queue"}}}'],
    ['YAML', 'Description: one queue\nResources:\n  Queue: { Type: !Sub "AWS::SQS::Queue" }'],
  ])('reads %s', async (_what, template) => {
    expect(await validate(template)).toMatchObject({ Description: 'one queue' });
  });

  it.each([
    ['neither JSON nor YAML', '{"Resources": '],
    ['without resources', '{"Resources": {}}'],
    ['only text', 'Resources'],
  ])('refuses one that is %s', async (_what, template) => {
    await expect(validate(template)).rejects.toMatchObject({
      name: 'ValidationError',
      message: expect.stringContaining('Template format error'),
    });
  });
});
