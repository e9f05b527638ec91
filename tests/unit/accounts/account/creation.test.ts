import { describe, expect, it } from '@jest/globals';
import type { CreationStart } from '../../../../accounts/aws/organization.ts';
import { AccountLife, aSeed, type Circumstances } from '../../../support/fakes/account-life.ts';
import { awsError } from '../../../support/fakes/aws-errors.ts';

const answering = (start: () => CreationStart): Circumstances => ({
  ports: ({ organization }) => ({ organization: { ...organization, createAccount: async () => start() } }),
});

const failing = (reason: string): Circumstances =>
  answering(() => ({ outcome: 'requested', creation: { state: 'failed', reason, requestId: 'car-1' } }));

const refusing = (code: string): Circumstances =>
  answering(() => {
    throw awsError('organizations:CreateAccount', code);
  });

describe('an account that is to be made', () => {
  it('is asked for with its name and an address made of its suffix, and written down before', async () => {
    const life = new AccountLife({ aws: { creationSeconds: [60, 60] } });
    await life.begin();
    await life.look();
    const { status, spec } = await life.account();
    expect([spec.awsAccountID, status?.state, status?.creation]).toEqual([
      '',
      undefined,
      {
        email: 'osd-creds-mgmt+abc123@example.com',
        firstAskedAt: '2026-01-01T00:00:00.000Z',
        askedAt: '2026-01-01T00:00:00.000Z',
        requestID: expect.any(String),
      },
    ]);
  });

  it('is Creating from the write on in which it gets its id', async () => {
    const life = new AccountLife({ aws: { creationSeconds: [60, 60] } });
    await life.begin();
    await life.untilState('Creating');
    const [member] = life.world.organization.members;
    expect((await life.account()).spec.awsAccountID).toBe(member?.id);
    const withId = life.store.changes.filter(
      ({ after }) => after && 'awsAccountID' in after.spec && after.spec.awsAccountID,
    );
    expect(withId[0]?.after?.status).toMatchObject({ state: 'Creating' });
  });

  it.each([
    ['ConcurrentModificationException', 15],
    ['TooManyRequestsException', 15],
  ])('comes again when AWS says %s', async (code, seconds) => {
    const life = new AccountLife(answering(() => ({ outcome: 'later', code, said: 'later' })));
    await life.begin();
    expect(await life.look()).toEqual({ outcome: 'again', afterSeconds: seconds });
    expect(await life.state()).toBe('');
  });

  it.each(['ServiceException', 'ThrottlingException'])(
    'comes again, in no other state, after %s',
    async (code) => {
      const life = new AccountLife(refusing(code));
      await life.begin();
      expect(await life.look()).toMatchObject({ outcome: 'again' });
      expect(await life.state()).toBe('');
    },
  );

  it.each(['INTERNAL_FAILURE', 'CONCURRENT_ACCOUNT_MODIFICATION'])(
    'is asked for again after %s',
    async (reason) => {
      const life = new AccountLife(failing(reason));
      await life.begin();
      expect(await life.look()).toEqual({ outcome: 'again', afterSeconds: 15 });
      expect((await life.account()).status?.creation).not.toHaveProperty('askedAt');
    },
  );

  it.each([
    [
      'when AWS says so at once',
      answering(() => ({ outcome: 'limit', code: 'ACCOUNT_NUMBER_LIMIT_EXCEEDED', said: 'full' })),
    ],
    ['when AWS says so afterwards', failing('ACCOUNT_LIMIT_EXCEEDED')],
    [
      'when it has no room',
      { mayCreate: () => ({ allowed: false, why: 'it is full', afterSeconds: 300 }) } as const,
    ],
  ])('waits five minutes for room in the organization %s', async (_, circumstances) => {
    const life = new AccountLife(circumstances);
    await life.begin();
    expect(await life.look()).toEqual({ outcome: 'again', afterSeconds: 300 });
    expect([await life.state(), await life.findings()]).toEqual([
      'Pending',
      ['Pending/AWSAccountLimitReached'],
    ]);
    expect(life.world.organization.members).toEqual([]);
  });

  it('says what it waits for now, when that is something else', async () => {
    let why = 'nobody has counted it';
    const life = new AccountLife({ mayCreate: () => ({ allowed: false, why, afterSeconds: 300 }) });
    await life.begin();
    await life.look();
    const writes = life.store.changes.length;
    await life.look();
    expect(life.store.changes.length).toBe(writes);
    why = 'it is full';
    await life.look();
    expect((await life.account()).status?.conditions).toMatchObject([
      { type: 'Pending', message: 'Waits for room in the organization: it is full' },
    ]);
  });

  it('is not asked for while there is no address to write to', async () => {
    const life = new AccountLife({ settings: { emailDomain: undefined } });
    await life.begin();
    expect(await life.look()).toEqual({ outcome: 'again', afterSeconds: 300 });
    expect([await life.findings(), life.calls]).toEqual([['Pending/EmailDomainMissing'], []]);
  });

  it('is made when there is room again', async () => {
    let isFull = true;
    const life = new AccountLife({
      mayCreate: () =>
        isFull ? { allowed: false, why: 'it is full', afterSeconds: 300 } : { allowed: true },
    });
    await life.begin();
    await life.look();
    isFull = false;
    await life.untilState('Creating');
    expect(await life.findings()).toEqual(['Creating/Creating']);
  });

  it.each(['AccessDeniedException', 'InvalidInputException'])('has failed when AWS says %s', async (code) => {
    const life = new AccountLife(refusing(code));
    await life.begin();
    expect(await life.look()).toMatchObject({ outcome: 'failed' });
    expect([await life.state(), await life.findings()]).toEqual([
      'Failed',
      [`AccountCreationFailed/${code}`],
    ]);
  });

  it('has failed when AWS could not make it for a reason that stays', async () => {
    const life = new AccountLife(failing('INVALID_EMAIL'));
    await life.begin();
    await life.look();
    expect(await life.findings()).toEqual(['AccountCreationFailed/INVALID_EMAIL']);
  });

  it('keeps its request when AWS does not tell what became of it', async () => {
    const life = new AccountLife({
      aws: { creationSeconds: [60, 60] },
      ports: ({ organization }) => ({
        organization: {
          ...organization,
          creation: async () => {
            throw awsError('organizations:DescribeCreateAccountStatus', 'ServiceException');
          },
        },
      }),
    });
    await life.begin();
    await life.look();
    const { status } = await life.account();
    await expect(life.look()).rejects.toThrow('DescribeCreateAccountStatus');
    expect((await life.account()).status).toEqual(status);
  });

  it('says so when AWS does not let us follow its request, and goes on when it does', async () => {
    let isDenied = true;
    const life = new AccountLife({
      aws: { creationSeconds: [60, 60] },
      ports: ({ organization }) => ({
        organization: {
          ...organization,
          creation: async (id) => {
            if (isDenied)
              throw awsError('organizations:DescribeCreateAccountStatus', 'AccessDeniedException');
            return organization.creation(id);
          },
        },
      }),
    });
    await life.begin();
    await life.look();
    await expect(life.look()).rejects.toThrow('AccessDenied');
    expect(await life.findings()).toEqual(['AuthorizationError/AccessDeniedException']);
    isDenied = false;
    await life.untilState('Creating');
    expect(await life.findings()).toEqual(['Creating/Creating']);
  });
});

describe('a request whose answer was lost', () => {
  /** An organization whose first answer never arrives. */
  const losing = (arrives: boolean): Circumstances => {
    let times = 0;
    return {
      ports: ({ organization }) => ({
        organization: {
          ...organization,
          createAccount: async (request) => {
            times += 1;
            if (times > 1) return organization.createAccount(request);
            if (arrives) await organization.createAccount(request);
            throw awsError('organizations:CreateAccount', 'TimeoutError');
          },
        },
      }),
    };
  };

  it('is found again by name and address, and not made twice', async () => {
    const life = new AccountLife(losing(true));
    await life.begin();
    await life.untilState('Creating');
    expect(life.world.organization.members.map(({ id }) => id)).toEqual([
      (await life.account()).spec.awsAccountID,
    ]);
  });

  it('is made anew when AWS has not heard of it for long enough', async () => {
    const life = new AccountLife(losing(false));
    await life.begin();
    await life.untilState('Creating');
    expect(life.world.organization.members.length).toBe(1);
    expect((life.now().getTime() - Date.parse('2026-01-01T00:00:00Z')) / 1_000).toBeGreaterThanOrEqual(120);
  });

  it('is found again when the address is taken: by ourselves, in a request that AWS did not show', async () => {
    let isShown = false;
    const life = new AccountLife({
      ports: (ports) => {
        const organization = losing(true).ports?.(ports).organization ?? ports.organization;
        const findCreation: typeof organization.findCreation = async (sought) =>
          isShown ? organization.findCreation(sought) : undefined;
        return { organization: { ...organization, findCreation } };
      },
    });
    await life.begin();
    await life.look();
    life.wait(120);
    await life.look();
    const { status } = await life.account();
    expect([life.calls.filter((call) => call.includes('CreateAccount ')).length, status?.state]).toEqual([
      2,
      undefined,
    ]);
    isShown = true;
    await life.untilState('Creating');
    expect(life.world.organization.members.map(({ id }) => id)).toEqual([
      (await life.account()).spec.awsAccountID,
    ]);
  });

  it('is not mistaken for an account of the same name and address that is older', async () => {
    const life = new AccountLife();
    const email = 'osd-creds-mgmt+abc123@example.com';
    life.world.organization.invite({ name: 'osd-creds-mgmt-abc123', email });
    life.wait(3_600);
    await life.begin();
    await life.until();
    expect([await life.state(), await life.findings()]).toEqual([
      'Failed',
      ['AccountCreationFailed/EMAIL_ALREADY_EXISTS'],
    ]);
    expect((await life.account()).spec.awsAccountID).toBe('');
  });

  it('has failed when somebody elsewhere has the address', async () => {
    const life = new AccountLife();
    life.world.organization.takeEmail('osd-creds-mgmt+abc123@example.com');
    await life.begin();
    await life.until();
    expect(await life.findings()).toEqual(['AccountCreationFailed/EMAIL_ALREADY_EXISTS']);
  });
});

describe('an account that is named', () => {
  it('is adopted when nobody has it', async () => {
    const life = new AccountLife();
    const { id } = life.world.organization.invite({ name: 'old', email: 'old@example.com' });
    await life.begin(aSeed({ awsAccountID: id }));
    await life.untilState('Ready');
    expect(life.world.organization.members.length).toBe(1);
  });

  it('is not entered when another Account has it', async () => {
    const life = new AccountLife();
    const { id } = life.world.organization.invite({ name: 'old', email: 'old@example.com' });
    await life.begin(aSeed({ awsAccountID: id }, { name: 'osd-creds-mgmt-first1' }));
    await life.untilState('Ready');
    await life.begin(aSeed({ awsAccountID: id }, { name: 'osd-creds-mgmt-second' }));
    await life.until();
    expect([await life.state(), await life.findings()]).toEqual([
      'Failed',
      ['AccountClientError/AccountOfAnother'],
    ]);
  });

  it('is never the one that pays', async () => {
    const life = new AccountLife();
    await life.begin(aSeed({ awsAccountID: '111111111111' }));
    await life.until();
    expect(await life.findings()).toEqual(['AccountClientError/ForbiddenAccount']);
    expect(life.calls.filter((call) => call.startsWith('sts:'))).toEqual([]);
  });

  it('gets the label and the finalizer that a pool would have given it', async () => {
    const life = new AccountLife();
    await life.begin(aSeed({}, { labels: {}, finalizers: [] }));
    await life.look();
    const { metadata } = await life.account();
    expect(metadata.finalizers).toEqual(['finalizer.aws.managed.openshift.io']);
    expect(metadata.labels.iamUserId).toMatch(/^[0-9a-f]{6}$/);
  });
});
