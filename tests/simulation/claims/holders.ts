import { type LeftoverKind, leftoverKinds } from '../../../accounts/aws/leftovers.ts';
import type { AccessKey } from '../../../accounts/aws/sign-in.ts';
import { type AccountClaim, accountClaimKind } from '../../../accounts/resources/account-claim.ts';
import type { ResourceStore } from '../../../shared/resources/resource-store.ts';
import type { AwsModel } from '../aws/aws-model.ts';
import { byHand } from '../aws/by-hand.ts';
import type { Random } from '../engine/random.ts';

/** A key that somebody has got with a claim, or made with one. */
interface KnownKey extends AccessKey {
  /** The uid of the claim. */
  claim: string;
  legalEntity: string;
}

const kinds = Object.keys(leftoverKinds) as LeftoverKind[];

/** Those who have claims: what they were ever given they use for as long as AWS takes it. */
export class Holders {
  readonly keys: KnownKey[] = [];
  /** The customer that was first seen with an account, by its name. */
  readonly customers = new Map<string, string>();

  /** A run knows nothing of those before. */
  begin(): void {
    this.keys.length = 0;
    this.customers.clear();
  }

  /** Reads the secrets of all claims, as who has a claim may. */
  async read({ store, world }: { store: ResourceStore; world: AwsModel }): Promise<void> {
    for await (const key of store.index(accountClaimKind.kind)) {
      const claim = (await store.get(key)) as AccountClaim | undefined;
      if (!claim) continue;
      const { namespace, uid } = claim.metadata;
      const values = world.secrets.valuesOf(`${namespace}/${claim.spec.awsCredentialSecret.name}`);
      const { aws_access_key_id: id = '', aws_secret_access_key: secret = '' } = values ?? {};
      const isNew = id && !this.keys.some((known) => known.id === id);
      if (isNew) this.keys.push({ id, secret, claim: uid, legalEntity: claim.spec.legalEntity.id });
    }
  }

  /** Each of them makes something with each key that AWS takes: a thing, now and then another key. */
  async use(world: AwsModel, random: Random): Promise<void> {
    for (const key of [...this.keys]) {
      const inside = world.everywhere.find(({ iam }) => iam.ownerOf(key));
      if (!inside || random.chance(0.5)) continue;
      inside.leftovers.make(random.pick(kinds), key.claim);
      if (random.chance(0.15)) await this.#makeKey(inside, key);
    }
  }

  async #makeKey({ iam }: AwsModel['everywhere'][number], known: KnownKey): Promise<void> {
    const making = iam.users(byHand).createKey('osdManagedAdmin');
    const made = await making.catch(() => ({ outcome: 'limit' as const }));
    if (made.outcome === 'created') this.keys.push({ ...known, ...made.key });
  }
}
