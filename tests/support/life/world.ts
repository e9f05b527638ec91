import type { ClusterRequest, ClusterStatus } from '../../../shared/platform-api/platform-api.ts';
import { awsOfAccount } from '../../../tools/journey/regional-platform.ts';
import { BothSides } from '../both-sides.ts';
import { addDist, builtOnce } from '../built-project.ts';
import { installerOfRedHat } from '../fakes/legacy-access.ts';
import { prepareInstallerOfRedHat, prepareLegacyAccess } from '../legacy-customer.ts';
import { customer } from '../platform-api/for-laptop.ts';
import { RegionalRecords } from '../regional-records.ts';
import { askRosactl } from '../rosactl.ts';
import { Shell } from '../runbooks/shell.ts';

/** A deploy, a build and seventeen accounts, on a busy machine with two cores. */
export const slowMs = 300_000;

export { customer };
export const platform = '111122223333';

/** The ways of a cluster's three steps when they are the same. */
export const threeTimes = (way: string): string[] => [way, way, way];

/** The ways that a cluster's steps have gone. */
export const waysOf = (status: ClusterStatus | undefined): string[] | undefined =>
  status?.operations.map(({ via }) => via);

/**
 * Both sides with IAM enforced: a customer with what the rosa command line leaves in an account, and nothing else, and
 * the platform. The suites of a cluster's life go through it one after the other.
 */
export class World {
  sides!: BothSides;
  records!: RegionalRecords;
  /** Of somebody who runs the platform. */
  shell!: Shell;
  /** The ids of clusters that outlive the days they were made on. */
  readonly made = { legacy: '', dual: '' };
  #named = 0;

  async start(): Promise<void> {
    const parameters = { installerCallerRoleArn: installerOfRedHat, outagePauseSeconds: '5' };
    const starting = BothSides.start({ enforceIam: true, functions: false, parameters });
    [this.sides] = await Promise.all([starting, builtOnce()]);
    const { apiUrl, laptop } = this.sides;
    this.records = new RegionalRecords(this.sides);
    const { environment } = await awsOfAccount(laptop.aws, platform);
    [this.shell] = await Promise.all([
      Shell.open(laptop.project.folder, { ...environment, ROSACTL_PLATFORM_API_URL: apiUrl }),
      addDist(laptop.project.folder),
      prepareLegacyAccess(laptop.iam),
      prepareInstallerOfRedHat(laptop.aws),
    ]);
  }

  async stop(): Promise<void> {
    await Promise.all([this.sides?.stop(), this.shell?.close()]);
  }

  /** Runs a command as the customer and reads its JSON. */
  rosactl(...argv: string[]) {
    const { apiUrl, laptop } = this.sides;
    const environment = { ...laptop.aws.environment, ROSACTL_PLATFORM_API_URL: apiUrl };
    return askRosactl({ folder: laptop.project.folder, environment }, ...argv);
  }

  nextName(): string {
    this.#named += 1;
    return `dev${this.#named}`;
  }

  /** Asks for a cluster of the customer's, and waits for its end. */
  async make(name = this.nextName()): Promise<{ id: string; status: ClusterStatus | undefined }> {
    const { id } = await this.sides.createCluster(name);
    return { id, status: await this.sides.end(id) };
  }

  /** A request for a cluster in a network that is not there. */
  hopeless(): ClusterRequest {
    const network = { vpcId: 'vpc-0123456789abcdef0', subnetIds: ['subnet-0123456789abcdef0'] };
    return { name: this.nextName(), region: 'us-east-1', ...network };
  }

  /** The mode that a cluster of the customer's was made with. */
  async modeOf(id: string): Promise<string | undefined> {
    return (await this.sides.platformApi.describeCluster(id))?.accessMode;
  }

  /** What a role of the customer's was used for on behalf of a cluster, since calls were last forgotten. */
  async callsOf(role: string, clusterId: string): Promise<string[]> {
    const session = `arn:aws:sts::${customer}:assumed-role/${role}/rosa-clm-${clusterId}`;
    const calls = await this.sides.laptop.calls();
    return calls.filter(({ principalArn }) => principalArn === session).map(({ action }) => action);
  }
}
