import type { AccountGuard } from '../../../accounts/aws/account-guards.ts';
import { type AwsPorts, awsPorts } from '../../../accounts/aws/aws-ports.ts';
import type { Fetch } from '../../../accounts/aws/aws-sign-in.ts';
import type { MemberAccount } from '../../../accounts/aws/member-accounts.ts';
import { type Answers, FakeAws } from './fake-aws.ts';
import { healthyOrganization, member } from './healthy-organization.ts';

/** The adapters as the service makes them, with a fake AWS at the far end. */
export interface PortsOnWire {
  aws: FakeAws;
  ports: AwsPorts;
  /** The member account, entered by its administrators' role. */
  inside(): Promise<MemberAccount>;
}

interface Circumstances {
  guards?: readonly AccountGuard[];
  blockedAccountIds?: readonly string[];
  fetch?: Fetch;
}

const signedIn: Fetch = async () => ({
  ok: true,
  status: 200,
  json: async () => ({ SigninToken: 'signed-in' }),
});

/** The resource that the member account's id is written on. */
export const reference = (awsAccountID = member) => ({
  metadata: { namespace: 'aws-account-operator', name: 'osd-creds-mgmt-a1b2c3' },
  spec: { awsAccountID },
});

export const byRole = { by: 'role', roleName: 'OrganizationAccountAccessRole' } as const;

/** @param changes of what the healthy organization answers */
export function portsOnWire(changes: Answers = {}, circumstances: Circumstances = {}): PortsOnWire {
  const aws = new FakeAws({ ...healthyOrganization, ...changes });
  const ports = awsPorts({
    instrument: aws.instrument,
    region: 'eu-west-1',
    partition: 'aws',
    blockedAccountIds: [],
    guards: [],
    fetch: signedIn,
    endpoint: 'https://signin.example.com/federation',
    issuer: 'https://console.redhat.com',
    destination: 'https://console.aws.amazon.com/',
    ...circumstances,
  });
  return {
    aws,
    ports,
    inside: async () => {
      const entry = await ports.members.enter(reference(), byRole);
      if (entry.outcome === 'refused') throw entry.error;
      return entry.account;
    },
  };
}
