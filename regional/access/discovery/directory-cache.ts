import { createHash } from 'node:crypto';
import type { PlatformAccountRegistration } from '../../../schemas/generated/platform-account-registration.js';
import type { Directory } from './directory.ts';

/** A directory that was looked up before. */
export interface CachedDirectory {
  directory: Directory;
  /** Of the registration it was looked up for; with another one it is void. */
  registrationHash: string;
  /** Seconds since 1970. */
  expiresAt: number;
}

/** Where directories are kept, by account. It only saves calls: every call rejects when the store does not answer. */
export interface DirectoryCache {
  get(accountId: string): Promise<CachedDirectory | undefined>;
  put(accountId: string, cached: CachedDirectory): Promise<void>;
}

/** 24 hours, in seconds. */
export const cachedForSeconds = 24 * 60 * 60;

const sorted = (_key: string, value: unknown): unknown =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value;

/** A text that is another one for another registration, whatever the order of its fields. */
export const registrationHash = (registration: PlatformAccountRegistration): string =>
  createHash('sha256').update(JSON.stringify(registration, sorted)).digest('base64');
