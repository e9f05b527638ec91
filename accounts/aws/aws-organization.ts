import {
  type Account,
  CreateAccountCommand,
  type CreateAccountState,
  type CreateAccountStatus,
  DescribeAccountCommand,
  DescribeCreateAccountStatusCommand,
  DescribeOrganizationCommand,
  type OrganizationsClient,
  paginateListAccounts,
  paginateListCreateAccountStatus,
} from '@aws-sdk/client-organizations';
import { AwsCallError, awsCall, unlessMissing } from '../../shared/aws/aws-call-error.ts';
import { listing, told } from '../../shared/checks/listing.ts';
import {
  type AccountRequest,
  type Creation,
  type CreationStart,
  isClosed,
  type Organization,
  type OrganizationAccount,
} from './organization.ts';

/** Clients of Organizations, which answers in one region of each partition. */
export interface OrganizationClients {
  organizations: OrganizationsClient;
  /** One that tries once: a second try would ask for a second account. */
  creating: OrganizationsClient;
}

function creationOf(action: string, status: CreateAccountStatus): Creation {
  const { Id: requestId, State, AccountId, FailureReason } = told(action, status, 'Id', 'State');
  if (State === 'IN_PROGRESS') return { state: 'in-progress', requestId };
  if (State === 'FAILED') return { state: 'failed', reason: FailureReason ?? 'UNKNOWN', requestId };
  const { AccountId: accountId } = told(action, { AccountId }, 'AccountId');
  return { state: 'succeeded', accountId, requestId };
}

function accountOf(action: string, account: Account): OrganizationAccount {
  const { Id, Name, Email } = told(action, account, 'Id', 'Name', 'Email');
  // `Status` is the older field of the two, and knows fewer states.
  const { State: state } = told(action, { State: account.State ?? account.Status }, 'State');
  const { JoinedTimestamp: joinedAt } = account;
  return { id: Id, name: Name, email: Email, state, ...(joinedAt && { joinedAt }) };
}

/**
 * Refusals after which nothing was done. AWS makes five accounts at a time and so many a day; what it says of more is
 * one of these: https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateAccount.html#API_CreateAccount_Errors
 */
const later = [
  'ConcurrentModificationException',
  'FinalizingOrganizationException',
  'TooManyRequestsException',
];

/** The reason of a violated constraint that passes within a day. */
const rateOfADay = 'ACCOUNT_CREATION_RATE_LIMIT_EXCEEDED';

/** What a refusal means. @throws the error when it is none of those that are to be expected */
function notRequested(error: unknown): CreationStart {
  if (!(error instanceof AwsCallError)) throw error;
  const { code, said } = error;
  if (later.includes(code)) return { outcome: 'later', code, said };
  if (code !== 'ConstraintViolationException') throw error;
  const { Reason: reason = code } = error.cause as { Reason?: string };
  return { outcome: reason === rateOfADay ? 'later' : 'limit', code: reason, said };
}

async function request(
  creating: OrganizationsClient,
  { name, email }: AccountRequest,
): Promise<CreationStart> {
  const action = 'organizations:CreateAccount';
  const command = new CreateAccountCommand({ AccountName: name, Email: email });
  const { CreateAccountStatus: status } = await awsCall(action, () => creating.send(command));
  return { outcome: 'requested', creation: creationOf(action, status ?? {}) };
}

const listAccounts = (client: OrganizationsClient): Promise<OrganizationAccount[]> => {
  const action = 'organizations:ListAccounts';
  const pages = paginateListAccounts({ client }, {});
  return listing(
    action,
    pages,
    (page) => page.Accounts,
    (account) => accountOf(action, account),
  );
};

const listRequests = (
  client: OrganizationsClient,
  States?: CreateAccountState[],
): Promise<CreateAccountStatus[]> => {
  const pages = paginateListCreateAccountStatus({ client }, States ? { States } : {});
  return listing(
    'organizations:ListCreateAccountStatus',
    pages,
    (page) => page.CreateAccountStatuses,
    (one) => one,
  );
};

const likeliest: Creation['state'][] = ['succeeded', 'in-progress', 'failed'];

async function find(client: OrganizationsClient, { name, email }: AccountRequest) {
  const account = (await listAccounts(client)).find((one) => one.email.toLowerCase() === email.toLowerCase());
  if (account) {
    const state = account.name === name ? ('succeeded' as const) : ('taken' as const);
    return { state, accountId: account.id };
  }
  // Requests do not tell the e-mail address; names are made so that no two requests share one.
  const [best] = (await listRequests(client))
    .filter(({ AccountName }) => AccountName === name)
    .map((status) => ({ status, creation: creationOf('organizations:ListCreateAccountStatus', status) }))
    .sort(
      (a, b) =>
        likeliest.indexOf(a.creation.state) - likeliest.indexOf(b.creation.state) ||
        Number(b.status.RequestedTimestamp ?? 0) - Number(a.status.RequestedTimestamp ?? 0),
    );
  return best?.creation;
}

/** The organization that the clients' credentials are the payer of. */
export const awsOrganization = ({ organizations, creating }: OrganizationClients): Organization => ({
  payerAccountId: async () => {
    const action = 'organizations:DescribeOrganization';
    const command = new DescribeOrganizationCommand({});
    const { Organization } = await awsCall(action, () => organizations.send(command));
    return told(action, Organization ?? {}, 'MasterAccountId').MasterAccountId;
  },

  createAccount: (wanted) => request(creating, wanted).catch(notRequested),

  creation: async (requestId) => {
    const action = 'organizations:DescribeCreateAccountStatus';
    const command = new DescribeCreateAccountStatusCommand({ CreateAccountRequestId: requestId });
    const found = await unlessMissing(awsCall(action, () => organizations.send(command)));
    return found && creationOf(action, found.CreateAccountStatus ?? {});
  },

  findCreation: (sought) => find(organizations, sought),

  account: async (accountId) => {
    const action = 'organizations:DescribeAccount';
    const command = new DescribeAccountCommand({ AccountId: accountId });
    const found = await unlessMissing(awsCall(action, () => organizations.send(command)));
    return found && accountOf(action, found.Account ?? {});
  },

  count: async () => {
    // In this order an account that is finished between the two is counted twice, and never not at all.
    const requests = await listRequests(organizations, ['IN_PROGRESS']);
    const accounts = await listAccounts(organizations);
    const closed = accounts.filter(({ state }) => isClosed(state)).length;
    return { accounts: accounts.length, closed, inProgress: requests.length };
  },
});
