import type { PlatformAccountRegistration } from '../../../schemas/generated/platform-account-registration.js';
import type { CustomerAccount } from '../../accounts/customer-account.ts';
import type { CustomerAws } from '../customer-aws.ts';
import type { Outcome } from '../failure.ts';
import { Kept } from '../kept.ts';
import { placeOf } from '../place.ts';
import { type Directory, directoryOf, registeredOffers } from './directory.ts';
import {
  type CachedDirectory,
  cachedForSeconds,
  type DirectoryCache,
  registrationHash,
} from './directory-cache.ts';
import { discover } from './discover.ts';

/** What keeping directories needs of the world. */
export interface DirectoriesDependencies {
  /** The platform's own. */
  partition: string;
  directoryCache: DirectoryCache;
  /** Milliseconds since 1970. */
  now(): number;
}

/** A directory, and whether AWS was asked for it just now. */
export type Found = Outcome<Directory> & { isFresh?: boolean };

/** A few hundred bytes each. */
const mostRemembered = 1_000;

/**
 * The directories of all accounts. Those of accounts that only let their functions be invoked are what was
 * registered: there is nothing else the platform could look at. The others' are remembered here and in the cache,
 * looked up where nothing was registered, and again when they turn out wrong.
 */
export class Directories {
  readonly #dependencies: DirectoriesDependencies;
  readonly #remembered = new Kept<CachedDirectory>(mostRemembered);

  constructor(dependencies: DirectoriesDependencies) {
    this.#dependencies = dependencies;
  }

  /** What is known of an account's functions. @throws AwsCallError when AWS does not answer */
  async find(account: CustomerAccount, aws: CustomerAws, signal: AbortSignal): Promise<Found> {
    const { registration } = account.spec;
    if (registration.authentication === 'resource-policy') return this.#registered(account);
    const known = await this.#known(registration);
    if (known) return { value: known };
    if (!registration.lambda_functions) {
      return { ...(await this.refresh(account, aws, signal)), isFresh: true };
    }
    const found = this.#registered(account);
    if ('value' in found)
      this.#remembered.put(registration.account_id, this.#cached(registration, found.value));
    return found;
  }

  /** Looks again, by tag. @throws AwsCallError when AWS does not answer */
  async refresh(
    account: CustomerAccount,
    aws: CustomerAws,
    signal: AbortSignal,
  ): Promise<Outcome<Directory>> {
    const { registration } = account.spec;
    const { partition, directoryCache } = this.#dependencies;
    const found = await discover(placeOf(account, partition), aws, signal);
    if ('failure' in found) return found;
    const registered = this.#registered(account);
    // A function without its tag, or whose tag the index does not have yet, is still where it was registered.
    const value = 'value' in registered ? { ...registered.value, ...found.value } : found.value;
    const cached = this.#cached(registration, value);
    this.#remembered.put(registration.account_id, cached);
    await directoryCache.put(registration.account_id, cached).catch(ignored);
    return { value };
  }

  #registered(account: CustomerAccount): Outcome<Directory> {
    const { lambda_functions } = account.spec.registration;
    const offers = lambda_functions ? registeredOffers(lambda_functions) : [];
    return directoryOf(placeOf(account, this.#dependencies.partition), offers);
  }

  #cached(registration: PlatformAccountRegistration, directory: Directory): CachedDirectory {
    const expiresAt = Math.floor(this.#dependencies.now() / 1_000) + cachedForSeconds;
    return { directory, registrationHash: registrationHash(registration), expiresAt };
  }

  async #known(registration: PlatformAccountRegistration): Promise<Directory | undefined> {
    const { account_id: id } = registration;
    const hash = registrationHash(registration);
    const isGood = (cached: CachedDirectory | undefined) =>
      // DynamoDB may take days to remove what has expired.
      cached?.registrationHash === hash && cached.expiresAt * 1_000 > this.#dependencies.now();
    const remembered = this.#remembered.get(id);
    if (isGood(remembered)) return remembered?.directory;
    const cached = await this.#dependencies.directoryCache.get(id).catch(ignored);
    if (!cached || !isGood(cached)) return undefined;
    this.#remembered.put(id, cached);
    return cached.directory;
  }
}

/** Without the cache everything works, with some more calls. */
const ignored = (): undefined => undefined;
