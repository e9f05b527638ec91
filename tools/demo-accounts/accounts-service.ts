import { CreateOrganizationCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import type { LocalAws } from '../../local-aws/local-aws.ts';
import { deploy } from '../deploy.ts';
import { administrator } from '../journey/customer-account.ts';

/** How the accounts service is deployed on the laptop. */
interface AccountsDeployment {
  /** The project's folder, or a copy of it. */
  folder: string;
  parameters?: Record<string, string>;
  /** More variables for the command. */
  environment?: Record<string, string>;
}

/** Makes the laptop's administrator the payer of an organization, and deploys the accounts service there. */
export async function deployAccountsService(
  aws: LocalAws,
  { folder, parameters = {}, environment = {} }: AccountsDeployment,
): Promise<void> {
  await new OrganizationsClient(administrator(aws)).send(new CreateOrganizationCommand({}));
  const given = {
    awsLimit: '100',
    emailDomain: 'example.com',
    signInEndpoint: `${aws.url}/_local-aws/federation`,
    // The laptop resolves a case in two seconds.
    intervalAfterCaseCreationSecs: '3',
    intervalBetweenChecksSecs: '3',
    ...parameters,
  };
  await deploy({
    stage: 'prod',
    environment: { ...aws.environment, ...environment },
    parameters: given,
    folder: `${folder}/accounts`,
  });
}
