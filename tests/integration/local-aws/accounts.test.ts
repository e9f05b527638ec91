import { ListRolesCommand } from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../../local-aws/local-aws.ts';
import { assume, type Clients, clientsFor, createRole, HOME_ACCOUNT, OTHER_ACCOUNT } from './support.ts';

const administratorsRole = `arn:aws:iam::${OTHER_ACCOUNT}:role/OrganizationAccountAccessRole`;

describe.each([{ enforceIam: false }, { enforceIam: true }])('accounts, with %j', (options) => {
  let aws: LocalAws;
  let home: Clients;
  let other: Clients;

  beforeAll(async () => {
    aws = await startLocalAws(options);
    home = clientsFor(aws);
    other = clientsFor(aws, await assume(home, administratorsRole));
  });
  afterAll(() => aws?.close());

  it('can be entered by the role that Organizations makes in each', async () => {
    const { Account } = await other.sts.send(new GetCallerIdentityCommand({}));
    expect(Account).toBe(OTHER_ACCOUNT);
  });

  it('keep their resources apart', async () => {
    expect(await createRole(other, 'OnlyThere')).toBe(`arn:aws:iam::${OTHER_ACCOUNT}:role/OnlyThere`);
    expect(await createRole(home, 'OnlyHere')).toBe(`arn:aws:iam::${HOME_ACCOUNT}:role/OnlyHere`);
    const { Roles = [] } = await home.iam.send(new ListRolesCommand({}));
    expect(Roles.map(({ RoleName }) => RoleName)).not.toContain('OnlyThere');
  });
});
