import {
  CreateChangeSetCommand,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  ListExportsCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../../local-aws/local-aws.ts';
import { type Clients, clientsFor } from './support.ts';

const StackName = 's';
const template = (said: string) =>
  JSON.stringify({
    Resources: { Group: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/group' } } },
    Outputs: { Said: { Value: said, Export: { Name: `name-${said}` } } },
  });

let aws: LocalAws;
let cloudFormation: Clients['cloudFormation'];

beforeAll(async () => {
  aws = await startLocalAws();
  ({ cloudFormation } = clientsFor(aws));
  await cloudFormation.send(new CreateStackCommand({ StackName, TemplateBody: template('created') }));
});
afterAll(() => aws.close());

const said = async () => {
  const { Stacks } = await cloudFormation.send(new DescribeStacksCommand({ StackName }));
  const { Exports = [] } = await cloudFormation.send(new ListExportsCommand({}));
  return { output: Stacks?.[0]?.Outputs?.[0]?.OutputValue, exports: Exports.map(({ Name }) => Name) };
};

it('a stack that is updated has new outputs and exports', async () => {
  await cloudFormation.send(new UpdateStackCommand({ StackName, TemplateBody: template('updated') }));
  expect(await said()).toEqual({ output: 'updated', exports: ['name-updated'] });
});

it('a change set changes them when it is executed', async () => {
  const changeSet = { StackName, ChangeSetName: 'changes' };
  await cloudFormation.send(
    new CreateChangeSetCommand({
      ...changeSet,
      ChangeSetType: 'UPDATE',
      TemplateBody: template('changed'),
    }),
  );
  expect(await said()).toEqual({ output: 'updated', exports: ['name-updated'] });
  await cloudFormation.send(new ExecuteChangeSetCommand(changeSet));
  expect(await said()).toEqual({ output: 'changed', exports: ['name-changed'] });
});

it('a stack takes its exports with it', async () => {
  await cloudFormation.send(new DeleteStackCommand({ StackName }));
  expect((await cloudFormation.send(new ListExportsCommand({}))).Exports ?? []).toEqual([]);
});
