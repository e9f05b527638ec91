import { CreateStackCommand, type Parameter, UpdateStackCommand } from '@aws-sdk/client-cloudformation';
import {
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  UpdateFunctionCodeCommand,
  type UpdateFunctionCodeCommandInput,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../../local-aws/local-aws.ts';
import { type Clients, clientsFor, createFunction, createRole, zipOf } from './support.ts';

const ZIP = zipOf('export const handler = () => "one";');

let aws: LocalAws;
let clients: Clients;
let role: string;

beforeAll(async () => {
  aws = await startLocalAws();
  clients = clientsFor(aws);
  role = await createRole(clients, 'function-role');
});
afterAll(() => aws.close());

const publish = async (FunctionName: string, CodeSha256?: string) =>
  (await clients.lambda.send(new PublishVersionCommand({ FunctionName, CodeSha256 }))).Version;

describe('publishing a version', () => {
  const FunctionName = 'shared';
  const updateCode = (rest: Partial<UpdateFunctionCodeCommandInput> = {}) =>
    clients.lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: ZIP, ...rest }));
  const updateTimeout = (Timeout: number) =>
    clients.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Timeout }));

  it('gives the old version when nothing was updated since', async () => {
    await createFunction(clients, { name: FunctionName, role, code: 'export const handler = () => "zero";' });
    await updateCode();
    expect([await publish(FunctionName), await publish(FunctionName)]).toEqual(['1', '1']);
  });

  it('makes a new version after every update, even one to the same bytes or settings', async () => {
    await updateCode();
    expect([await publish(FunctionName), await publish(FunctionName)]).toEqual(['2', '2']);
    await updateTimeout(10);
    expect([await publish(FunctionName), await publish(FunctionName)]).toEqual(['3', '3']);
  });

  it('can be part of the update', async () => {
    expect((await updateCode({ Publish: true })).Version).toBe('4');
    expect(await publish(FunctionName)).toBe('4');
  });

  it('finds nothing to publish after a dry run', async () => {
    await updateCode({ DryRun: true });
    expect(await publish(FunctionName)).toBe('4');
  });

  it('refuses when the code is not the expected one', async () => {
    await expect(publish(FunctionName, 'somethingElse=')).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: expect.stringMatching(
        /^CodeSHA256 \(somethingElse=\) is different from current CodeSHA256 in \$LATEST/,
      ),
    });
  });
});

describe('listing the versions', () => {
  const list = async (FunctionName: string) => {
    const { Versions = [] } = await clients.lambda.send(new ListVersionsByFunctionCommand({ FunctionName }));
    return Versions.map(({ Version }) => Version);
  };

  it('gives $LATEST and what was published', async () => {
    await createFunction(clients, { name: 'listed', role, code: 'export const handler = () => "one";' });
    await publish('listed');
    expect(await list('listed')).toEqual(['$LATEST', '1']);
  });

  it('fails for a function that does not exist', async () => {
    await expect(list('never-made')).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: expect.stringMatching(/^Function not found: arn:aws:lambda:.*:function:never-made$/),
      $metadata: { httpStatusCode: 404 },
    });
  });
});

describe("publishing a version of a stack's function", () => {
  type Stack = { key?: string; timeout?: number; retention?: number; tag?: string };

  const template = ({ key = 'first.zip', timeout = 10, retention = 1, tag = 'a' }: Stack) => ({
    Parameters: { Colour: { Type: 'String' } },
    Resources: {
      Group: {
        Type: 'AWS::Logs::LogGroup',
        Properties: { LogGroupName: '/stack', RetentionInDays: retention },
      },
      Function: {
        Type: 'AWS::Lambda::Function',
        // Metadata changes the template's entry and nothing about the function.
        Metadata: { retention },
        Properties: {
          FunctionName: 'of-stack',
          Runtime: 'nodejs24.x',
          Handler: 'index.handler',
          Role: role,
          Timeout: timeout,
          Code: { S3Bucket: 'packages', S3Key: key },
          Environment: { Variables: { COLOUR: { Ref: 'Colour' } } },
          Tags: [{ Key: 'tag', Value: tag }],
        },
      },
    },
  });

  const stack = (given: Stack, colour = 'green') => {
    const Parameters: Parameter[] = [{ ParameterKey: 'Colour', ParameterValue: colour }];
    return { StackName: 's', TemplateBody: JSON.stringify(template(given)), Parameters };
  };
  const publishAfter = async (given: Stack, colour?: string) => {
    await clients.cloudFormation.send(new UpdateStackCommand(stack(given, colour)));
    return publish('of-stack');
  };

  beforeAll(async () => {
    const { s3, cloudFormation } = clients;
    await s3.send(new CreateBucketCommand({ Bucket: 'packages' }));
    for (const Key of ['first.zip', 'second.zip'])
      await s3.send(new PutObjectCommand({ Bucket: 'packages', Key, Body: ZIP }));
    await cloudFormation.send(new CreateStackCommand(stack({})));
  });

  it('gives the old one after an update that did not touch the function', async () => {
    expect(await publish('of-stack')).toBe('1');
    expect(await publishAfter({ retention: 3 })).toBe('1');
    expect(await publishAfter({ retention: 3, tag: 'b' })).toBe('1');
  });

  it('makes a new one after an update to the same bytes at another key', async () => {
    expect(await publishAfter({ retention: 3, key: 'second.zip' })).toBe('2');
  });

  it('makes a new one after an update of the configuration, by a parameter too', async () => {
    expect(await publishAfter({ key: 'second.zip', timeout: 11 })).toBe('3');
    expect(await publishAfter({ key: 'second.zip', timeout: 11 }, 'blue')).toBe('4');
    expect(await publish('of-stack')).toBe('4');
  });

  it('keeps in mind what was updated otherwise before the stack', async () => {
    await clients.lambda.send(new UpdateFunctionCodeCommand({ FunctionName: 'of-stack', ZipFile: ZIP }));
    expect(await publishAfter({ key: 'second.zip', timeout: 11, retention: 5 }, 'blue')).toBe('5');
  });
});
