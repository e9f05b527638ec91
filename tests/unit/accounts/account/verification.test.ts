import { describe, expect, it } from '@jest/globals';
import { AccountLife, type Circumstances } from '../../../support/fakes/account-life.ts';
import { awsError } from '../../../support/fakes/aws-errors.ts';

async function verifying(circumstances?: Circumstances): Promise<AccountLife> {
  const life = new AccountLife(circumstances);
  await life.begin();
  await life.untilState('PendingVerification');
  return life;
}

describe('the support case of an account', () => {
  it('is opened once, looked at after 30 seconds and then every 30, and makes the account Ready', async () => {
    const life = await verifying({ aws: { caseSeconds: [80, 80] } });
    const waits = [await life.look()];
    for (let looks = 0; looks < 2; looks += 1) {
      life.wait(30);
      waits.push(await life.look());
    }
    expect(waits).toEqual(Array(3).fill({ outcome: 'again', afterSeconds: 30 }));
    life.wait(30);
    await life.look();
    expect([await life.state(), await life.findings()]).toEqual(['Ready', ['Ready/Ready']]);
    expect(life.world.support.subjects.length).toBe(1);
  });

  it('names the account, and is written down before it is opened', async () => {
    const life = await verifying({ aws: { caseSeconds: [80, 80] } });
    await life.look();
    const { spec, status } = await life.account();
    expect(life.world.support.subjects).toEqual([status?.supportCase?.subject]);
    expect(status?.supportCase?.subject).toContain(spec.awsAccountID);
    expect(status?.supportCaseID).toMatch(/^case-/);
  });

  it('asks for the instances that are wanted, in each region', async () => {
    const bodies: string[] = [];
    const life = await verifying({
      ports: ({ cases }) => ({
        cases: {
          ...cases,
          open: (request) => {
            bodies.push(request.body);
            return cases.open(request);
          },
        },
      }),
    });
    await life.look();
    const { spec } = await life.account();
    expect(bodies).toEqual([expect.stringContaining(`account ${spec.awsAccountID} Enterprise Support`)]);
    expect(bodies[0]).toMatch(/25\s+instances of type m5\.xlarge in .*: us-east-1, eu-west-1, sa-east-1\./);
  });

  it.each(['AccessDeniedException', 'SubscriptionRequiredException'])(
    'that AWS does not let us open, with %s, is told on the account, and opened once it does',
    async (code) => {
      let isDenied = true;
      const life = await verifying({
        ports: ({ cases }) => ({
          cases: {
            ...cases,
            open: async (request) => {
              if (isDenied) throw awsError('support:CreateCase', code);
              return cases.open(request);
            },
          },
        }),
      });
      await expect(life.look()).rejects.toThrow(code);
      expect(await life.findings()).toEqual([
        'PendingVerification/PendingVerification',
        `AuthorizationError/${code}`,
      ]);
      isDenied = false;
      await life.untilState('Ready');
      expect([await life.findings(), life.world.support.subjects.length]).toEqual([['Ready/Ready'], 1]);
    },
  );

  it('that is one too many right now is tried again soon, without a word', async () => {
    const life = await verifying({
      ports: ({ cases }) => ({
        cases: {
          ...cases,
          open: async () => {
            throw awsError('support:CreateCase', 'ThrottlingException');
          },
        },
      }),
    });
    expect(await life.look()).toEqual({ outcome: 'again', afterSeconds: 30 });
    expect(await life.findings()).toEqual(['PendingVerification/PendingVerification']);
  });

  it('is found again when the answer was lost', async () => {
    let times = 0;
    const life = await verifying({
      ports: ({ cases }) => ({
        cases: {
          ...cases,
          open: async (request) => {
            const opened = await cases.open(request);
            times += 1;
            if (times === 1) throw awsError('support:CreateCase', 'TimeoutError');
            return opened;
          },
        },
      }),
    });
    await expect(life.look()).rejects.toThrow('CreateCase');
    await life.untilState('Ready');
    expect(life.world.support.subjects.length).toBe(1);
  });

  it('is opened later when too many were opened of late', async () => {
    const life = await verifying({ aws: { casesPerHour: 0 } });
    expect(await life.look()).toEqual({ outcome: 'again', afterSeconds: 600 });
    expect((await life.account()).status?.supportCase).not.toHaveProperty('askedAt');
  });

  it('is waited for while it is anything but resolved', async () => {
    const life = await verifying({
      ports: ({ cases }) => ({
        cases: { ...cases, get: async (id) => ({ id, status: 'pending-customer-action' }) },
      }),
    });
    await life.look();
    life.wait(86_400);
    expect(await life.look()).toEqual({ outcome: 'again', afterSeconds: 30 });
  });
});
