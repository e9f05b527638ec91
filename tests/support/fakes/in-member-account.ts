import type { AwsPorts } from '../../../accounts/aws/aws-ports.ts';
import type { MemberAccount } from '../../../accounts/aws/member-accounts.ts';

/** Ports by which accounts are entered in which some calls answer otherwise. */
export const insideAccounts =
  (how: (member: MemberAccount) => Partial<MemberAccount>) =>
  ({ members }: AwsPorts): Partial<AwsPorts> => ({
    members: {
      enter: async (account, way) => {
        const entry = await members.enter(account, way);
        if (entry.outcome === 'refused') return entry;
        return { ...entry, account: { ...entry.account, ...how(entry.account) } };
      },
    },
  });
