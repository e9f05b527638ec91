import {
  AttachRolePolicyCommand,
  CreateOpenIDConnectProviderCommand,
  CreateRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
  type Tag,
} from '@aws-sdk/client-iam';
import type { LocalAws } from '../../local-aws/local-aws.ts';
import { administrator } from '../../tools/journey/customer-account.ts';
import { awsOfAccount, clmRoleArn } from '../../tools/journey/regional-platform.ts';
import {
  accountRoles,
  assumedBy,
  installerOfRedHat,
  issuer,
  operatorRole,
  role,
} from './fakes/legacy-access.ts';

const ofRosa: Tag[] = [{ Key: 'red-hat-managed', Value: 'true' }];

/** The roles that the rosa command line leaves in an account with one cluster. */
export const legacyRoles = [operatorRole(), ...accountRoles()];

const installerRole = 'mine-HCP-ROSA-Installer-Role';
export const installerRoleArn = role(installerRole).arn;

/** Makes what the rosa command line leaves in an account with one cluster. @returns the provider's ARN */
export async function prepareLegacyAccess(iam: IAMClient): Promise<string> {
  const { OpenIDConnectProviderArn = '' } = await iam.send(
    new CreateOpenIDConnectProviderCommand({
      Url: `https://${issuer}`,
      ClientIDList: ['openshift', 'sts.amazonaws.com'],
      ThumbprintList: ['917e732d330f9a12404f73d8bea36948b929dffc'],
      Tags: ofRosa,
    }),
  );
  for (const { name: RoleName, trustPolicy: AssumeRolePolicyDocument } of legacyRoles) {
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument, Tags: ofRosa }));
  }
  const PolicyArn = 'arn:aws:iam::aws:policy/service-role/ROSAInstallerPolicy';
  await iam.send(new AttachRolePolicyCommand({ RoleName: installerRole, PolicyArn }));
  return OpenIDConnectProviderArn;
}

const allowing = (Action: string | string[], Resource = '*'): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource }] });

/** Lets the installer role make the OIDC providers of clusters, which AWS's policy for it does not. */
export const letProvidersBeMade = (iam: IAMClient): Promise<unknown> =>
  iam.send(
    new PutRolePolicyCommand({
      RoleName: installerRole,
      PolicyName: 'MakeOidcProviders',
      PolicyDocument: allowing([
        'iam:CreateOpenIDConnectProvider',
        'iam:TagOpenIDConnectProvider',
        'iam:AddClientIDToOpenIDConnectProvider',
      ]),
    }),
  );

/** Makes the one role of Red Hat's that installer roles let in; the cluster manager's role may assume it. */
export async function prepareInstallerOfRedHat(aws: LocalAws): Promise<void> {
  const [, , , , accountId = ''] = installerOfRedHat.split(':');
  const RoleName = installerOfRedHat.split('/').at(-1);
  const iam = new IAMClient(administrator(await awsOfAccount(aws, accountId)));
  const trust = JSON.stringify({ Version: '2012-10-17', Statement: [assumedBy({ AWS: clmRoleArn })] });
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }));
  const PolicyDocument = allowing('sts:AssumeRole');
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'WorkForCustomers', PolicyDocument }));
}
