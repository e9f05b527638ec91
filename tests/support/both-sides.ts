import { setTimeout as sleep } from 'node:timers/promises';
import { ListOpenIDConnectProvidersCommand } from '@aws-sdk/client-iam';
import { GetQueueUrlCommand, SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { parseBaseUrl } from '../../shared/platform-api/base-url.ts';
import { httpPlatformApi } from '../../shared/platform-api/http-platform-api.ts';
import type {
  AccountRegistration,
  Cluster,
  ClusterStatus,
  PlatformApi,
} from '../../shared/platform-api/platform-api.ts';
import {
  type AwsOfAccount,
  administrator,
  type CustomerAccount,
  prepareCustomerAccount,
} from '../../tools/journey/customer-account.ts';
import {
  clmRoleArn,
  regionalAdministrator,
  regionalApiUrl,
  regionalParameters,
} from '../../tools/journey/regional-platform.ts';
import { installRegionalService } from './installed-service.ts';
import { Laptop } from './laptop.ts';
import { registration } from './platform-api/examples.ts';

/** The Platform API of the laptop's regional side, asked as an account's administrator. */
export function clientOf(aws: AwsOfAccount, apiUrl: string): PlatformApi {
  const { credentials, region } = administrator(aws);
  return httpPlatformApi({
    baseUrl: parseBaseUrl(apiUrl).url,
    region,
    version: 'v1',
    credentials: async () => credentials,
    retryPolicy: { attempts: 4, firstPauseMs: 50, random: Math.random, sleep },
    timeoutMs: 35_000,
    userAgent: 'test',
  });
}

/** What both sides consist of. */
interface Parts {
  laptop: Laptop;
  network: CustomerAccount;
  apiUrl: string;
  platformApi: PlatformApi;
  /** SDK settings for an administrator of Red Hat's account. */
  regional: Awaited<ReturnType<typeof regionalAdministrator>>;
}

/** In what both sides differ from what most tests need. */
interface Options {
  enforceIam?: boolean;
  /** False: nothing is deployed into the customer's account. */
  functions?: boolean;
  /** Of the regional service: regional/README.md. */
  parameters?: Record<string, string>;
}

/** A laptop AWS with a customer's account whose functions are deployed, and Red Hat's with the regional service. */
export class BothSides implements Parts {
  readonly laptop!: Laptop;
  readonly network!: CustomerAccount;
  readonly apiUrl!: string;
  readonly platformApi!: PlatformApi;
  readonly regional!: Parts['regional'];

  private constructor(parts: Parts) {
    Object.assign(this, parts);
  }

  /** Installs both. */
  static async start({ enforceIam, functions = true, parameters }: Options = {}): Promise<BothSides> {
    const laptop = await Laptop.start({ enforceIam });
    const { aws } = laptop;
    const network = await prepareCustomerAccount(aws);
    const regional = await regionalAdministrator(aws);
    if (functions) await laptop.install({ clmRoleArn });
    await installRegionalService(regional, { ...regionalParameters, ...parameters });
    const apiUrl = await regionalApiUrl(aws, regional);
    return new BothSides({ laptop, network, apiUrl, platformApi: clientOf(aws, apiUrl), regional });
  }

  stop(): Promise<void> {
    return this.laptop.stop();
  }

  /** Registers the customer's account; all by its functions, unless told. */
  register(change: Partial<AccountRegistration> = {}): Promise<unknown> {
    return this.platformApi.registerAccount({ ...registration, ...change });
  }

  /** Asks for a cluster in the customer's VPC. */
  createCluster(name: string): Promise<Cluster> {
    const { vpcId, privateSubnetIds, publicSubnetIds } = this.network;
    const subnetIds = [...privateSubnetIds, ...publicSubnetIds];
    const clusterConfig = { instance_types: ['m5.xlarge'], node_count: 3, max_node_count: 6 };
    return this.platformApi.createCluster({ name, region: 'us-east-1', vpcId, subnetIds, clusterConfig });
  }

  /** The status of a cluster once it is ready or has failed; its last status when a minute is over. */
  async end(id: string): Promise<ClusterStatus | undefined> {
    let status: ClusterStatus | undefined;
    for (const until = Date.now() + 60_000; Date.now() < until; await sleep(100)) {
      status = await this.platformApi.clusterStatus(id);
      if (!status || status.phase === 'Ready' || status.phase === 'Failed') break;
    }
    return status;
  }

  /** How many OIDC providers the customer has of a cluster. */
  async providersOf(clusterId: string): Promise<number> {
    const { OpenIDConnectProviderList = [] } = await this.laptop.iam.send(
      new ListOpenIDConnectProvidersCommand({}),
    );
    return OpenIDConnectProviderList.filter(({ Arn }) => Arn?.endsWith(clusterId)).length;
  }

  /**
   * Has what a killed worker had in hand come back after seconds, instead of the six minutes for which a worker may
   * work. One that takes longer is joined by a second.
   */
  async bringWorkBackAfter(seconds: number): Promise<void> {
    const sqs = new SQSClient(this.regional);
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'rosa-regional-work.fifo' }));
    const Attributes = { VisibilityTimeout: String(seconds) };
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }));
  }
}
