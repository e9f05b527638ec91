import { setTimeout as sleep } from 'node:timers/promises';
import { CreateOrganizationCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { awsPorts } from '../../../accounts/aws/aws-ports.ts';
import { startLocalAws } from '../../../local-aws/local-aws.ts';
import { awsPortsSuite } from '../../support/aws-ports-suite.ts';

awsPortsSuite('the laptop AWS', async () => {
  const aws = await startLocalAws({ enforceIam: true });
  // The adapters find AWS as they do in a function: by the environment.
  Object.assign(process.env, aws.environment);
  await new OrganizationsClient({ region: 'us-east-1' }).send(new CreateOrganizationCommand({}));
  const ports = awsPorts({
    instrument: (client) => client,
    region: 'us-east-1',
    partition: 'aws',
    blockedAccountIds: [],
    guards: [],
    fetch: (url, options) => fetch(url, options),
    endpoint: `${aws.url}/_local-aws/federation`,
    issuer: 'https://console.redhat.com',
    destination: 'https://console.aws.amazon.com/',
  });
  return { ports, pass: () => sleep(50), close: () => aws.close() };
});
