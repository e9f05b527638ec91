import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  AddPermissionCommand,
  CreateAliasCommand,
  LambdaClient,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  TagResourceCommand,
} from '@aws-sdk/client-lambda';
import { externalIdOf } from '../../../regional/accounts/customer-account.ts';
import type { AccountRegistration, PlatformApi } from '../../../shared/platform-api/platform-api.ts';
import { administrator } from '../../../tools/journey/customer-account.ts';
import { awsOfAccount, clmRoleArn } from '../../../tools/journey/regional-platform.ts';
import { type Clients, createFunction, createRole } from '../../integration/local-aws/support.ts';
import { type BothSides, clientOf } from '../both-sides.ts';
import { letInClm } from '../clm-caller.ts';
import { installerOfRedHat } from '../fakes/legacy-access.ts';
import type { BrokenWay } from './broken-ways.ts';

/** The function that counts; the other two of the account are not there at all. */
const functionName = 'rosa-preflight-checker';

const ordinary = 'export const handler = async () => ({});';

const roles = { functions: 'functions', access: 'RosaRegionalPlatformAccess', installer: 'Installer' };

/** An account that is being made. */
interface Site {
  accountId: string;
  clients: Pick<Clients, 'iam' | 'lambda'>;
}

const roleArnIn = ({ accountId }: Site, name: string): string => `arn:aws:iam::${accountId}:role/${name}`;

const functionArnIn = ({ accountId }: Pick<Site, 'accountId'>, name: string): string =>
  `arn:aws:lambda:us-east-1:${accountId}:function:${name}`;

async function makeFunction(site: Site, { made }: BrokenWay): Promise<void> {
  const { lambda } = site.clients;
  const { code = ordinary, timeout, without, off } = made;
  if (without === 'function') return;
  const of = { FunctionName: functionName };
  const role = roleArnIn(site, roles.functions);
  await createFunction(site.clients, { name: functionName, role, code, ...(timeout && { timeout }) });
  await lambda.send(new PublishVersionCommand(of));
  if (off) await lambda.send(new PutFunctionConcurrencyCommand({ ...of, ReservedConcurrentExecutions: 0 }));
  if (without === 'alias') return;
  await lambda.send(new CreateAliasCommand({ ...of, Name: 'prod', FunctionVersion: '1' }));
  if (without === 'permission') return;
  const statement = { StatementId: 'Platform', Action: 'lambda:InvokeFunction', Principal: clmRoleArn };
  await lambda.send(new AddPermissionCommand({ ...of, Qualifier: 'prod', ...statement }));
}

/** Functions of somebody else in the account who uses the same tag. */
async function makeImpostors(site: Site): Promise<void> {
  const role = roleArnIn(site, roles.functions);
  for (const name of ['theirs-1', 'theirs-2']) {
    await createFunction(site.clients, { name, role, code: ordinary });
    const Tags = { 'rosa:component': 'preflight-checker' };
    await site.clients.lambda.send(new TagResourceCommand({ Resource: functionArnIn(site, name), Tags }));
  }
}

/** What the stack's role of that name may do, as far as it counts here: shared/customer-stack/access-role.yml */
const accessStatements = (site: Site) => [
  {
    Effect: 'Allow',
    Action: ['lambda:InvokeFunction', 'lambda:GetFunctionConfiguration'],
    Resource: [functionArnIn(site, 'rosa-*'), functionArnIn(site, 'rosa-*:prod')],
  },
  { Effect: 'Allow', Action: 'tag:GetResources', Resource: '*' },
];

async function makeAccessRole(site: Site, externalId: string): Promise<void> {
  const { iam } = site.clients;
  const RoleName = roles.access;
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: letInClm(externalId) }));
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: accessStatements(site) });
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'Access', PolicyDocument }));
}

/** An installer role that may read nothing: what it cannot find out is a warning, and no cluster fails of it. */
const makeInstallerRole = ({ clients }: Site): Promise<string> => {
  const Action = [
    'iam:GetOpenIDConnectProvider',
    'iam:CreateOpenIDConnectProvider',
    'iam:TagOpenIDConnectProvider',
  ];
  const statements = [{ Effect: 'Allow' as const, Action, Resource: '*' }];
  return createRole(clients, roles.installer, statements, { AWS: installerOfRedHat });
};

const registrationOf = (site: Site, { authentication }: BrokenWay): AccountRegistration => ({
  accountId: site.accountId,
  region: 'us-east-1',
  functions: {
    preflightChecker: `${functionArnIn(site, functionName)}:prod`,
    networkVerifier: `${functionArnIn(site, 'rosa-network-verifier')}:prod`,
    oidcProvisioner: `${functionArnIn(site, 'rosa-oidc-provisioner')}:prod`,
  },
  authentication: authentication ?? 'resource-policy',
  accessMode: 'dual',
  oidcStsRoleArn: roleArnIn(site, roles.installer),
  ...(authentication && { invocationRoleArn: roleArnIn(site, roles.access) }),
});

/**
 * Makes another customer's account on the laptop, with one function that cannot be used in this way, and registers it
 * as dual. @returns the Platform API as its administrator asks it
 */
export async function brokenAccount(
  { laptop, apiUrl }: BothSides,
  accountId: string,
  way: BrokenWay,
): Promise<PlatformApi> {
  const aws = await awsOfAccount(laptop.aws, accountId);
  const settings = administrator(aws);
  const site = { accountId, clients: { iam: new IAMClient(settings), lambda: new LambdaClient(settings) } };
  await createRole(site.clients, roles.functions);
  await makeInstallerRole(site);
  if (way.authentication) await makeAccessRole(site, way.externalId ?? externalIdOf(accountId));
  await makeFunction(site, way);
  if (way.made.impostors) await makeImpostors(site);
  const { error } = way.made;
  if (error)
    await laptop.fault({
      service: 'lambda',
      action: 'Invoke',
      target: functionArnIn(site, functionName),
      error,
    });
  const platformApi = clientOf(aws, apiUrl);
  await platformApi.registerAccount(registrationOf(site, way));
  return platformApi;
}
