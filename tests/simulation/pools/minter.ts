import type { Organization } from '../../../accounts/aws/organization.ts';
import { mayCreate } from '../../../accounts/organization-limit/may-create.ts';
import {
  type Account,
  type AccountSpec,
  type AccountStatus,
  accountKind,
} from '../../../accounts/resources/account.ts';
import {
  again,
  type Controller,
  done,
  failed,
  type Reconciled,
} from '../../../shared/reconcile/reconcile.ts';
import type { ResourceStore } from '../../../shared/resources/resource-store.ts';

interface MinterDependencies {
  store: ResourceStore;
  organization: Organization;
  awsLimit: number;
}

const requestOf = ({ metadata: { name } }: Account) => ({ name, email: `${name}@example.com` });

/** Seconds after which AWS shows a request, in the model at least. */
const settled = 120;

/** Stands for the controller of accounts: asks for room and then for the account, and has it ready when AWS has made it. */
export function minter({
  store,
  organization,
  awsLimit,
}: MinterDependencies): Controller<AccountSpec, AccountStatus> {
  const save = (account: Account, spec: Partial<AccountSpec>, status: AccountStatus) =>
    store.transact([{ do: 'replace', resource: { ...account, spec: { ...account.spec, ...spec }, status } }]);

  const fail = async (account: Account): Promise<Reconciled> => {
    await save(account, {}, { state: 'Failed', claimed: false });
    return failed('AWS has not made it');
  };

  async function ask(account: Account): Promise<Reconciled> {
    const permission = await mayCreate({ store, awsLimit })(account);
    if (!permission.allowed) return again(permission.afterSeconds);
    await save(account, {}, { state: 'Creating' });
    const start = await organization.createAccount(requestOf(account));
    return again(start.outcome === 'requested' ? 10 : 30);
  }

  async function follow(account: Account, age: number): Promise<Reconciled> {
    const found = await organization.findCreation(requestOf(account));
    if (found?.state === 'succeeded') {
      await save(account, { awsAccountID: found.accountId }, { state: 'Ready' });
      return done;
    }
    if (found?.state === 'failed' || found?.state === 'taken') return fail(account);
    if (found || age < settled) return again(30);
    await organization.createAccount(requestOf(account));
    return again(settled);
  }

  return {
    kind: accountKind.kind,
    reconcile: async (account, { now }) => {
      const { state } = account.status ?? {};
      if (account.metadata.deletionTimestamp) {
        for (const finalizer of account.metadata.finalizers) await store.removeFinalizer(account, finalizer);
        return done;
      }
      if (!state) return ask(account);
      const age = (Number(now()) - Date.parse(account.metadata.creationTimestamp)) / 1_000;
      return state === 'Creating' ? follow(account, age) : done;
    },
  };
}
