import {
  type PlatformAccountRegistration,
  validate as registration,
} from '../../../schemas/generated/platform-account-registration.js';
import { refusal, type TestAnswer } from './answers.ts';
import type { Route, TestRequest } from './router.ts';
import { violation } from './validation.ts';

/** Who may register accounts. */
export interface AccountRules {
  /** Whether callers may register their own account; if not, 403 AUTH-006. Default true */
  mayRegister?: boolean;
  /** Accounts that may register any, and may do the rest without being registered. */
  privilegedAccounts?: string[];
}

/** An account with what each version tells of it. */
export interface TestAccount {
  accountId: string;
  createdAt: string;
  createdBy: string;
  /** What v1 was told. */
  registration?: PlatformAccountRegistration;
}

const notFound = refusal(404, 'ACCOUNTS-MGMT-GET-002', 'Account not found');
const exists = refusal(409, 'ACCOUNTS-MGMT-CREATE-004', 'Account is already enabled');
const notPrivileged = refusal(403, 'AUTH-006', 'This operation requires a privileged account');

/** The external id with which the platform would assume roles of an account. */
export const externalIdFor = (accountId: string): string => `rosa-lambda-access:${accountId}`;

function shown({ version }: TestRequest, { accountId, createdAt, createdBy, registration }: TestAccount) {
  if (version === 'v0') return { kind: 'Account', accountId, privileged: false, createdAt, createdBy };
  return {
    ...registration,
    account_id: accountId,
    external_id: externalIdFor(accountId),
    created_at: createdAt,
    created_by: createdBy,
  };
}

function wrongBody({ version, body }: TestRequest): TestAnswer | undefined {
  if (version === 'v1') return violation(registration, body, 'ACCOUNTS-MGMT-VALIDATION-001');
  const { accountId } = (body ?? {}) as { accountId?: unknown };
  if (typeof accountId === 'string' && accountId !== '') return undefined;
  return refusal(400, 'ACCOUNTS-MGMT-CREATE-002', 'accountId is required');
}

const wantedAccount = ({ version, body }: TestRequest): string =>
  (body as Record<string, string>)[version === 'v1' ? 'account_id' : 'accountId'] ?? '';

/** The accounts of the test API. */
export function accountRoutes(
  accounts: Map<string, TestAccount>,
  { mayRegister = true, privilegedAccounts = [] }: AccountRules,
): Route[] {
  const mayNot = (request: TestRequest, accountId: string): boolean =>
    !privilegedAccounts.includes(request.accountId) && !(mayRegister && request.accountId === accountId);

  function register(request: TestRequest): TestAnswer {
    const wrong = wrongBody(request);
    if (wrong) return wrong;
    const accountId = wantedAccount(request);
    if (mayNot(request, accountId)) return notPrivileged;
    if (accounts.has(accountId)) return exists;
    const account = {
      accountId,
      createdAt: new Date().toISOString(),
      createdBy: request.callerArn,
      registration: request.version === 'v1' ? (request.body as PlatformAccountRegistration) : undefined,
    };
    accounts.set(accountId, account);
    return { status: 201, body: shown(request, account) };
  }

  function describe(request: TestRequest): TestAnswer {
    if (mayNot(request, request.id)) return notPrivileged;
    const account = accounts.get(request.id);
    return account ? { status: 200, body: shown(request, account) } : notFound;
  }

  /** What is not named stays; the whole must be a registration afterwards. */
  function change(request: TestRequest): TestAnswer {
    if (mayNot(request, request.id)) return notPrivileged;
    const account = accounts.get(request.id);
    if (request.version === 'v0' || !account) return notFound;
    const changed = { ...account.registration, ...(request.body as object) };
    const wrong = violation(registration, changed, 'ACCOUNTS-MGMT-VALIDATION-001');
    if (wrong) return wrong;
    account.registration = changed as PlatformAccountRegistration;
    return { status: 200, body: shown(request, account) };
  }

  function remove(request: TestRequest): TestAnswer {
    if (mayNot(request, request.id)) return notPrivileged;
    return accounts.delete(request.id) ? { status: 204 } : notFound;
  }

  return [
    { method: 'POST', path: /^\/accounts$/, answer: register },
    { method: 'GET', path: /^\/accounts\/([^/]+)$/, answer: describe },
    { method: 'PATCH', path: /^\/accounts\/([^/]+)$/, answer: change },
    { method: 'DELETE', path: /^\/accounts\/([^/]+)$/, answer: remove },
  ];
}
