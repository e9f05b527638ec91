import type { CallOptions, OperationName, Operations } from '../../../regional/access/access.ts';
import { type AccessDependencies, customerAccess } from '../../../regional/access/customer-access.ts';
import type { CustomerAws, Invoked } from '../../../regional/access/customer-aws.ts';
import type { CachedDirectory, DirectoryCache } from '../../../regional/access/discovery/directory-cache.ts';
import type { OperationsHere } from '../../../regional/access/role/operations-here.ts';
import { type CustomerAccount, customerAccountKey } from '../../../regional/accounts/customer-account.ts';
import type { PlatformAccountRegistration } from '../../../schemas/generated/platform-account-registration.js';
import networkRequest from '../../../schemas/network-verifier-request.schema.json' with { type: 'json' };
import network from '../../../schemas/network-verifier-result.schema.json' with { type: 'json' };
import oidc from '../../../schemas/oidc-provisioner-result.schema.json' with { type: 'json' };
import preflightRequest from '../../../schemas/preflight-checker-request.schema.json' with { type: 'json' };
import preflight from '../../../schemas/preflight-checker-result.schema.json' with { type: 'json' };
import type { InvocationLogs } from '../../../shared/logs/invocation-logs.ts';
import { steppingClock } from './clock.ts';
import { FakeInvocationLogs } from './invocation-logs.ts';
import { type Recorded, recorded } from './recorded.ts';

export const accountId = '123456789012';

export const arnOf = (name: string, place = 'us-east-1:123456789012'): string =>
  `arn:aws:lambda:${place}:function:${name}`;

export const oidcArn = `${arnOf('rosa-oidc-provisioner')}:prod`;

const registeredFunctions = {
  oidc_provisioner: oidcArn,
  preflight_checker: `${arnOf('rosa-preflight-checker')}:prod`,
  network_verifier: `${arnOf('rosa-network-verifier')}:prod`,
};

export const invocationRole = `arn:aws:iam::${accountId}:role/RosaRegionalPlatformAccess`;
export const installerRole = `arn:aws:iam::${accountId}:role/ManagedOpenShift-HCP-ROSA-Installer-Role`;

/** An account as it was registered, in mode dual and with all that may be told of it. */
export function registeredAccount(differences: Partial<PlatformAccountRegistration> = {}): CustomerAccount {
  const registration: PlatformAccountRegistration = {
    account_id: accountId,
    region: 'us-east-1',
    lambda_functions: registeredFunctions,
    authentication: 'resource-policy',
    access_mode: 'dual',
    invocation_role_arn: invocationRole,
    oidc_sts_role_arn: installerRole,
    ...differences,
  };
  const { kind, ...key } = customerAccountKey(accountId);
  const times = {
    creationTimestamp: '2026-03-01T09:00:00Z',
    resourceVersion: '1',
    uid: 'uid',
    generation: 1,
  };
  return {
    apiVersion: 'v1',
    kind,
    metadata: { ...key, ...times, finalizers: [], labels: {}, annotations: {} },
    spec: { registration, createdBy: 'arn:aws:iam::123456789012:root' },
  };
}

/** The same, where the platform assumes a role. */
export const roleAccount = (differences: Partial<PlatformAccountRegistration> = {}): CustomerAccount =>
  registeredAccount({ authentication: 'assume-role', ...differences });

const exampleOf = <Value>(schema: { examples: unknown[] }): Value => schema.examples[0] as Value;

/** A result of each operation, as its schema shows one. */
export const results: { [Name in OperationName]: Operations[Name]['result'] } = {
  'preflight-checker': exampleOf(preflight),
  'network-verifier': exampleOf(network),
  'oidc-provisioner': exampleOf(oidc),
};

/** A request of each operation. */
export const requests: { [Name in OperationName]: Operations[Name]['request'] } = {
  'preflight-checker': {
    ...exampleOf<Operations['preflight-checker']['request']>(preflightRequest),
    cluster_id: 'c1',
  },
  'network-verifier': exampleOf(networkRequest),
  'oidc-provisioner': {
    issuer_url: 'https://oidc.example.com/c1',
    cluster_id: 'c1',
    correlation_id: 'workflow-7',
  },
};

export const requestId = '3f6c0a52-8f4e-4a39-9d0b-6a1d2c7e9b10';

/** What Lambda gives back of a function that has worked. */
export const invoked = (result: unknown = results['oidc-provisioner']): Invoked => ({
  requestId,
  version: '7',
  payload: JSON.stringify(result),
});

/** What Lambda gives back of a function that has failed. */
export const failedWith = (errorType: string, errorMessage = 'for a test'): Invoked => ({
  requestId,
  version: '7',
  functionError: 'Unhandled',
  payload: JSON.stringify({ errorType, errorMessage }),
});

/** All functions of the account, tagged as they are deployed. */
export const taggedFunctions = () =>
  (['oidc-provisioner', 'preflight-checker', 'network-verifier'] as const).map((component) => ({
    component: component as string,
    arn: arnOf(`mine-${component}`),
  }));

type FakeCustomerAws = Recorded<Omit<CustomerAws, 'logs'>> & { logs: InvocationLogs };

/** A customer's account that answers what a healthy one does. */
const fakeCustomerAws = (differences: Partial<CustomerAws> = {}): FakeCustomerAws => {
  const { logs = new FakeInvocationLogs(), ...others } = differences;
  const fake = recorded<Omit<CustomerAws, 'logs'>>({
    invoke: async () => invoked(),
    tagged: async () => taggedFunctions(),
    listed: async () => taggedFunctions(),
    codeSha256: async () => 'sha of the code',
    ...others,
  });
  return { ...fake, logs };
};

/** A cache in memory. */
export function fakeDirectoryCache(): Recorded<DirectoryCache> {
  const items = new Map<string, CachedDirectory>();
  return recorded<DirectoryCache>({
    get: async (id) => items.get(id),
    put: async (id, cached) => void items.set(id, cached),
  });
}

/** The platform with one customer's account at the far end. */
export function fakePlatform(
  differences: Partial<CustomerAws> = {},
  others: Partial<AccessDependencies> = {},
) {
  const aws = fakeCustomerAws(differences);
  const clock = steppingClock();
  const startedAt = Date.parse('2026-03-01T10:00:00Z');
  let credentials = 0;
  const roles = recorded<Pick<AccessDependencies, 'assumeRole'>>({
    assumeRole: async () => ({
      accessKeyId: `key-${++credentials}`,
      secretAccessKey: 'secret',
      sessionToken: 'token',
      expiration: new Date(startedAt + clock.now() + 3_600_000),
    }),
  });
  const here = recorded<OperationsHere>({ run: async (operation) => results[operation] });
  const seenWith: (string | undefined)[] = [];
  const dependencies: AccessDependencies = {
    partition: 'aws',
    aws: (_region, given) => {
      seenWith.push(given?.accessKeyId);
      return aws;
    },
    assumeRole: roles.assumeRole,
    directoryCache: fakeDirectoryCache(),
    operationsHere: async () => here,
    newId: () => 'an id of ours',
    now: () => startedAt + clock.now(),
    sleep: async (ms) => void (await clock.sleep(ms)),
    ...others,
  };
  const access = customerAccess(dependencies);
  return {
    ...{ access, aws, clock, here, roles, now: dependencies.now },
    /** The access keys with which the account was seen; undefined for the platform's own. */
    seenWith,
    /** Has the OIDC provider of cluster c1 provided. */
    provide: (
      account = registeredAccount(),
      options: Partial<CallOptions> = {},
      mode = account.spec.registration.access_mode,
    ) =>
      access.invoke(account, mode, 'oidc-provisioner', requests['oidc-provisioner'], {
        withinMs: 60_000,
        ...options,
      }),
  };
}
