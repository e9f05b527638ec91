import { setTimeout as sleep } from 'node:timers/promises';
import { CreateOrganizationCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AwsPorts } from '../../../accounts/aws/aws-ports.ts';
import type { MemberAccount } from '../../../accounts/aws/member-accounts.ts';
import { type LocalAws, startLocalAws } from '../../../local-aws/local-aws.ts';
import { awsPortsSuite } from '../../support/aws-ports-suite.ts';
import { laptopAccountPorts } from '../../support/laptop-account-ports.ts';

/** A laptop AWS whose administrator is the payer of an organization, and the ports to it. */
async function organizationOnLaptop(): Promise<{ aws: LocalAws; ports: AwsPorts }> {
  const aws = await startLocalAws({ enforceIam: true });
  // The adapters find AWS as they do in a function: by the environment.
  Object.assign(process.env, aws.environment);
  await new OrganizationsClient({ region: 'us-east-1' }).send(new CreateOrganizationCommand({}));
  const ports = laptopAccountPorts(aws);
  return { aws, ports };
}

awsPortsSuite('the laptop AWS', async () => {
  const { aws, ports } = await organizationOnLaptop();
  return { ports, pass: () => sleep(50), close: () => aws.close() };
});

/** Of the seed: docs/accounts. */
const coveredRegions = [
  ...['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'ca-central-1'],
  ...['eu-central-1', 'eu-west-1', 'eu-west-2', 'eu-west-3'],
  ...['ap-northeast-1', 'ap-northeast-2', 'ap-south-1', 'ap-southeast-1', 'ap-southeast-2', 'sa-east-1'],
];

describe('a new account on the laptop AWS', () => {
  let aws: LocalAws;
  let account: MemberAccount;
  let ports: AwsPorts;
  beforeAll(async () => {
    ({ aws, ports } = await organizationOnLaptop());
    const request = { name: 'osd-creds-mgmt-all1', email: 'osd-creds-mgmt+all1@example.com' };
    await ports.organization.createAccount(request);
    const creation = await ports.organization.findCreation(request);
    const awsAccountID = creation?.state === 'succeeded' ? creation.accountId : '';
    const reference = { metadata: { namespace: 'ns', name: 'a' }, spec: { awsAccountID } };
    const way = { by: 'role', roleName: 'OrganizationAccountAccessRole' } as const;
    const entry = await ports.members.enter(reference, way);
    if (entry.outcome === 'refused') throw entry.error;
    account = entry.account;
  });
  afterAll(() => aws?.close());

  it('has an image, and room for an instance, in every covered region at once', async () => {
    expect(await account.enabledRegions()).toEqual(expect.arrayContaining(coveredRegions));
    const started = coveredRegions.map(async (region) => {
      const image = await account.instances(region).newestImage('amazon', 'al2023-ami-2023.*');
      if (!image) throw new Error(`there is no image in ${region}`);
      const tags = { clusterAccountName: 'a' };
      return account.instances(region).start({ image, type: 't2.micro', tags, token: 'a' });
    });
    const outcomes = await Promise.all(started);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(coveredRegions.map(() => 'started'));
  });

  it('opens no console to who has no credentials', async () => {
    const endpoint = `${aws.url}/_local-aws/federation`;
    const unknown = JSON.stringify({ sessionId: 'ASIANOBODY', sessionKey: 'x', sessionToken: 'x' });
    const query = new URLSearchParams({ Action: 'getSigninToken', Session: unknown });
    expect((await fetch(`${endpoint}?${query}`)).status).toBe(400);
    expect((await fetch(`${endpoint}?Action=login&SigninToken=none`)).status).toBe(400);
  });

  it('says who would see the console with a URL of it', async () => {
    const { users } = account;
    await users.create({ name: 'osdManagedAdminSRE', tags: {} });
    await users.attachPolicy('osdManagedAdminSRE', 'arn:aws:iam::aws:policy/AdministratorAccess');
    const made = await users.createKey('osdManagedAdminSRE');
    if (made.outcome === 'limit') throw new Error('there were keys before');
    const credentials = await ports.signIn.federate(made.key, 'RedHatSRE', 3_600);
    const page = await fetch(await ports.signIn.consoleUrl(credentials));
    expect(await page.text()).toContain(`arn:aws:iam::${account.id}:user/osdManagedAdminSRE would now see`);
  });
});
