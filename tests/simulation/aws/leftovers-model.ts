import { type LeftoverKind, type Leftovers, leftoverKinds } from '../../../accounts/aws/leftovers.ts';
import { awsError } from '../../support/fakes/aws-errors.ts';
import type { Call } from '../engine/attempt.ts';
import type { AwsSettings } from './settings.ts';
import { EventualMap, type Spreading } from './spreading.ts';

/** A thing as it is in truth. */
export interface Thing {
  kind: LeftoverKind;
  region?: string;
  /** Who has made it. */
  by: string;
  /** Until then AWS refuses to take it away: something uses it. */
  inUseUntil: Date;
}

/** What somebody has made in an account, and may leave there. */
export class LeftoversModel {
  readonly #spreading: Spreading;
  readonly #settings: AwsSettings;
  readonly #things: EventualMap<Thing>;

  constructor(spreading: Spreading, settings: AwsSettings) {
    this.#spreading = spreading;
    this.#settings = settings;
    this.#things = new EventualMap(spreading);
  }

  /** In truth. */
  get list(): Thing[] {
    return this.#things.all().map(([, thing]) => thing);
  }

  /** Has somebody make a thing. */
  make(kind: LeftoverKind, by: string): void {
    const { random } = this.#spreading;
    const region = leftoverKinds[kind] === 'region' ? random.pick([...this.#settings.regions]) : undefined;
    const inUseUntil = this.#spreading.after(random.between(...this.#settings.inUseSeconds));
    this.#things.set(`${kind}-${random.text(17)}`, { kind, by, inUseUntil, ...(region && { region }) });
  }

  port(kind: LeftoverKind, region: string | undefined, call: Call): Leftovers {
    const where = [kind, region].filter(Boolean).join(' ');
    return {
      ids: () =>
        call(`list ${where}`, () =>
          this.#things
            .listed()
            .filter(([, thing]) => thing.kind === kind && thing.region === region)
            .map(([id]) => id),
        ),
      remove: (id) =>
        call(`remove ${where}`, () => {
          const thing = this.#things.truth(id);
          if (!thing) return;
          if (thing.inUseUntil > this.#spreading.now()) throw awsError(`remove ${where}`, 'VolumeInUse');
          this.#things.set(id, undefined);
        }),
    };
  }
}
