import { describe, expect, it } from '@jest/globals';
import { type Answers, OddAnswer, Refusal } from '../../../support/wire/fake-aws.ts';
import { portsOnWire } from '../../../support/wire/ports-on-wire.ts';

const request = { name: 'osd-creds-mgmt-a1b2c3', email: 'osd-creds-mgmt+a1b2c3@example.com' };

const refuses = (action: string, error: Error): Answers => ({
  [action]: () => {
    throw error;
  },
});

/** A constraint is violated for one of many reasons. */
const constraint = (Reason: string) =>
  new OddAnswer(400, JSON.stringify({ __type: 'ConstraintViolationException', Message: 'no', Reason }));

const status = (Id: string, rest: object) => ({
  Id,
  AccountName: request.name,
  State: 'FAILED',
  FailureReason: 'INTERNAL_FAILURE',
  RequestedTimestamp: 1_767_225_600,
  ...rest,
});

describe('an account that is asked for', () => {
  it('is asked for by name and e-mail address', async () => {
    const inputs: object[] = [];
    const { ports } = portsOnWire({
      'organizations:CreateAccount': (input) => {
        inputs.push(input);
        return { CreateAccountStatus: { Id: 'car-1', State: 'IN_PROGRESS' } };
      },
    });
    await ports.organization.createAccount(request);
    expect(inputs).toEqual([{ AccountName: request.name, Email: request.email }]);
  });

  it.each([
    [new Refusal('ConcurrentModificationException', 400), 'later', 'ConcurrentModificationException'],
    [new Refusal('FinalizingOrganizationException', 400), 'later', 'FinalizingOrganizationException'],
    [new Refusal('TooManyRequestsException', 400), 'later', 'TooManyRequestsException'],
    [constraint('ACCOUNT_CREATION_RATE_LIMIT_EXCEEDED'), 'later', 'ACCOUNT_CREATION_RATE_LIMIT_EXCEEDED'],
    [constraint('ACCOUNT_NUMBER_LIMIT_EXCEEDED'), 'limit', 'ACCOUNT_NUMBER_LIMIT_EXCEEDED'],
  ])('and refused with %s, is left for %s, after one try', async (error, outcome, code) => {
    const { aws, ports } = portsOnWire(refuses('organizations:CreateAccount', error));
    expect(await ports.organization.createAccount(request)).toMatchObject({ outcome, code });
    expect(aws.calls).toHaveLength(1);
  });

  it.each([
    ['InvalidInputException', 'invalid'],
    ['AccessDeniedException', 'denied'],
    ['ServiceException', 'unavailable'],
    ['AWSOrganizationsNotInUseException', 'unavailable'],
  ])('and refused with %s, is an error that is %s', async (code, failure) => {
    const { ports } = portsOnWire(refuses('organizations:CreateAccount', new Refusal(code, 400)));
    await expect(ports.organization.createAccount(request)).rejects.toMatchObject({ code, failure });
  });

  it('may have been made, or have failed, at once', async () => {
    const answering = (rest: object) =>
      portsOnWire({
        'organizations:CreateAccount': () => ({ CreateAccountStatus: { Id: 'car-1', ...rest } }),
      });
    const made = answering({ State: 'SUCCEEDED', AccountId: '222222222222' }).ports.organization;
    expect(await made.createAccount(request)).toMatchObject({
      creation: { state: 'succeeded', accountId: '222222222222' },
    });
    const not = answering({ State: 'FAILED', FailureReason: 'EMAIL_ALREADY_EXISTS' }).ports.organization;
    expect(await not.createAccount(request)).toMatchObject({
      creation: { state: 'failed', reason: 'EMAIL_ALREADY_EXISTS', requestId: 'car-1' },
    });
  });
});

describe('a request', () => {
  it('that AWS does not know, is none', async () => {
    const error = new Refusal('CreateAccountStatusNotFoundException', 400);
    const { ports } = portsOnWire(refuses('organizations:DescribeCreateAccountStatus', error));
    expect(await ports.organization.creation('car-1')).toBeUndefined();
  });

  it('that failed for no reason, failed all the same', async () => {
    const { ports } = portsOnWire({
      'organizations:DescribeCreateAccountStatus': () => ({
        CreateAccountStatus: { Id: 'car-1', State: 'FAILED' },
      }),
    });
    expect(await ports.organization.creation('car-1')).toMatchObject({ state: 'failed', reason: 'UNKNOWN' });
  });

  const withoutAccount: Answers = { 'organizations:ListAccounts': () => ({ Accounts: [] }) };

  it('is found by name: one that succeeded before one under way, and that before one that failed', async () => {
    const listing = [
      status('car-1', {}),
      status('car-2', { State: 'IN_PROGRESS' }),
      status('car-3', { State: 'SUCCEEDED', AccountId: '222222222222' }),
      status('car-4', { State: 'SUCCEEDED', AccountId: '333333333333', AccountName: 'another' }),
    ];
    const found = (count: number) =>
      portsOnWire({
        ...withoutAccount,
        'organizations:ListCreateAccountStatus': () => ({ CreateAccountStatuses: listing.slice(0, count) }),
      }).ports.organization.findCreation(request);
    expect(await found(0)).toBeUndefined();
    expect(await found(1)).toMatchObject({ state: 'failed', requestId: 'car-1' });
    expect(await found(2)).toMatchObject({ state: 'in-progress', requestId: 'car-2' });
    expect(await found(4)).toMatchObject({ state: 'succeeded', accountId: '222222222222' });
  });

  it('of several that failed, is the newest', async () => {
    const { ports } = portsOnWire({
      ...withoutAccount,
      'organizations:ListCreateAccountStatus': () => ({
        CreateAccountStatuses: [
          status('car-1', {}),
          status('car-2', { RequestedTimestamp: 1_767_225_700, FailureReason: 'INVALID_EMAIL' }),
        ],
      }),
    });
    expect(await ports.organization.findCreation(request)).toMatchObject({ reason: 'INVALID_EMAIL' });
  });

  it('cannot succeed when an account of another name has the e-mail address', async () => {
    const { ports } = portsOnWire();
    const found = await ports.organization.findCreation({ ...request, name: 'osd-creds-mgmt-other1' });
    expect(found).toEqual({ state: 'taken', accountId: '222222222222' });
  });
});

describe('the organization', () => {
  it('has no account that AWS does not know', async () => {
    const error = new Refusal('AccountNotFoundException', 400);
    const { ports } = portsOnWire(refuses('organizations:DescribeAccount', error));
    expect(await ports.organization.account('333333333333')).toBeUndefined();
  });

  it('counts requests that are under way, and no others', async () => {
    const asked: unknown[] = [];
    const { ports } = portsOnWire({
      'organizations:ListCreateAccountStatus': ({ States }) => {
        asked.push(States);
        return { CreateAccountStatuses: [] };
      },
    });
    expect(await ports.organization.count()).toEqual({ accounts: 2, closed: 0, inProgress: 0 });
    expect(asked).toEqual([['IN_PROGRESS']]);
  });

  it('counts accounts of every page, and tells which of them can be used no more', async () => {
    const account = (Id: string, State: string) => ({
      Id,
      State,
      Name: `account ${Id}`,
      Email: `${Id}@example.com`,
    });
    const { ports } = portsOnWire({
      'organizations:ListAccounts': ({ NextToken }) =>
        NextToken
          ? { Accounts: [account('3', 'PENDING_CLOSURE'), account('4', 'PENDING_ACTIVATION')] }
          : { Accounts: [account('1', 'ACTIVE'), account('2', 'SUSPENDED')], NextToken: 'more' },
      'organizations:ListCreateAccountStatus': ({ NextToken }) => ({
        CreateAccountStatuses: [status(NextToken ? 'car-2' : 'car-1', { State: 'IN_PROGRESS' })],
        ...(!NextToken && { NextToken: 'more' }),
      }),
    });
    expect(await ports.organization.count()).toEqual({ accounts: 4, closed: 2, inProgress: 2 });
  });
});
