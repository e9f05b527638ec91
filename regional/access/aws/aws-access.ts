import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { STSClient } from '@aws-sdk/client-sts';
import {
  type ClientConfig,
  clientPerRegion,
  type Instrument,
  type TemporaryCredentials,
} from '../../../shared/aws/clients.ts';
import { documentClients } from '../../../shared/aws/document-clients.ts';
import { once } from '../../../shared/once.ts';
import { type AccessDependencies, type AccessLayer, customerAccess } from '../customer-access.ts';
import type { CustomerAws } from '../customer-aws.ts';
import { awsAssumeRole } from './aws-assume-role.ts';
import { awsCustomerAws } from './aws-customer-aws.ts';
import { dynamodbDirectoryCache } from './dynamodb-directory-cache.ts';

/** Where the platform runs, and where it keeps its resources. */
export interface PlatformPlace {
  /** The regional table. */
  table: string;
  region: string;
  /** `aws`, `aws-us-gov` or `aws-cn`. */
  partition: string;
  /** ARN of the role that installer roles let in, where that is not the platform's own. */
  installerCallerRoleArn?: string;
}

/** An invocation takes as long as its caller gives it; the connection has no limit of its own. */
const forInvocations = (config: ClientConfig): ClientConfig => ({
  ...config,
  maxAttempts: 1,
  requestHandler: { ...config.requestHandler, requestTimeout: 0 },
});

/** A source of accounts seen with the same credentials, by region. */
function seenWith(
  instrument: Instrument,
  credentials?: TemporaryCredentials,
): (region: string) => CustomerAws {
  const ofRegion = <Client extends object>(make: (config: ClientConfig) => Client) =>
    clientPerRegion(make, instrument, credentials);
  const invoking = ofRegion((config) => new LambdaClient(forInvocations(config)));
  const lambda = ofRegion((config) => new LambdaClient(config));
  const tagging = ofRegion((config) => new ResourceGroupsTaggingAPIClient(config));
  const logs = ofRegion((config) => new CloudWatchLogsClient(config));
  return (region) =>
    awsCustomerAws({
      invoking: invoking(region),
      lambda: lambda(region),
      tagging: tagging(region),
      logs: logs(region),
    });
}

/** What is made for each set of credentials, and for the platform's own: clients live as long as these do. */
function byCredentials<Value>(make: (credentials?: TemporaryCredentials) => Value) {
  const own = make();
  const known = new WeakMap<TemporaryCredentials, Value>();
  return (credentials?: TemporaryCredentials): Value => {
    if (!credentials) return own;
    const made = known.get(credentials) ?? make(credentials);
    known.set(credentials, made);
    return made;
  };
}

/** The real dependencies of the access layer. */
export function awsAccessDependencies(
  { table, region, partition, installerCallerRoleArn }: PlatformPlace,
  instrument: Instrument = (client) => client,
): AccessDependencies {
  const seen = byCredentials((credentials) => seenWith(instrument, credentials));
  const sts = byCredentials((credentials) =>
    clientPerRegion((config) => new STSClient(config), instrument, credentials)(region),
  );
  return {
    partition,
    aws: (place, credentials) => seen(credentials)(place),
    installerCallerRoleArn,
    assumeRole: awsAssumeRole(sts),
    directoryCache: dynamodbDirectoryCache(documentClients(instrument)(region), table),
    operationsHere: once(async () => (await import('../role/operations-here.ts')).operationsHere(instrument)),
    newId: randomUUID,
    now: Date.now,
    sleep,
  };
}

/** The way into customers' accounts, with the real dependencies. */
export const awsAccess = (place: PlatformPlace, instrument?: Instrument): AccessLayer =>
  customerAccess(awsAccessDependencies(place, instrument));
