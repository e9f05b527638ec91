import { readFileSync } from 'node:fs';
import { ControlError } from '../control-error.ts';

/** One of AWS's quotas with its published default. */
export type Quota = { code: string; name: string; value: number; adjustable: boolean; unit: string };

/** A service's quotas as `quotas.json` lists them. */
export type QuotaService = {
  name: string;
  /** Where AWS publishes the defaults. */
  source: string;
  /** Answered in the control-plane region of the partition only, such as us-east-1. */
  global?: boolean;
  /** The IAM action without which Service Quotas cannot read this service's values. */
  needs?: string;
  quotas: Record<string, { name: string; value: number; adjustable?: boolean; unit?: string }>;
};

/**
 * Another value than the default. `null` stands for a value that could not be read, `never-raised` for a quota that
 * has no applied value, only AWS's default.
 */
export type QuotaOverride = {
  account?: string;
  region?: string;
  serviceCode: string;
  quotaCode: string;
  value: number | null | 'never-raised';
};

const FILE = new URL('quotas.json', import.meta.url);
const PUBLISHED = JSON.parse(readFileSync(FILE, 'utf8')) as Record<string, QuotaService>;
const isText = (value: unknown): value is string | undefined =>
  value === undefined || typeof value === 'string';

const isValue = (value: unknown): value is QuotaOverride['value'] =>
  value === null ||
  value === 'never-raised' ||
  (typeof value === 'number' && Number.isFinite(value) && value >= 0);

/** Checks the body of `PUT /_local-aws/quotas`. @throws ControlError saying what is wrong. */
export function readOverride(body: unknown): QuotaOverride {
  const { account, region, serviceCode, quotaCode, value } = (body ?? {}) as Record<string, unknown>;
  if (typeof serviceCode !== 'string' || typeof quotaCode !== 'string') {
    throw new ControlError('a quota needs "serviceCode" and "quotaCode", for example "ec2" and "L-1216C47A"');
  }
  if (!PUBLISHED[serviceCode]?.quotas[quotaCode]) {
    throw new ControlError(
      `there is no quota ${quotaCode} of ${serviceCode} in local-aws/service-quotas/quotas.json`,
    );
  }
  if (!isValue(value)) {
    throw new ControlError(
      'a quota\'s "value" is a number from 0, null for one that cannot be read, or "never-raised"',
    );
  }
  if (!isText(account) || !isText(region)) {
    throw new ControlError(
      '"account" and "region" are texts; leave them out to mean every account or region',
    );
  }
  return { account, region, serviceCode, quotaCode, value };
}

/** The published quotas and the values set over the control URL; the value set last wins. */
export class QuotaBook {
  #overrides: QuotaOverride[] = [];

  set(override: QuotaOverride): void {
    this.#overrides.unshift(override);
  }

  clear(): void {
    this.#overrides = [];
  }

  service(code: string): QuotaService | undefined {
    return PUBLISHED[code];
  }

  quotas(serviceCode: string): Quota[] {
    return Object.entries(PUBLISHED[serviceCode]?.quotas ?? {}).map(([code, quota]) => ({
      code,
      adjustable: true,
      unit: 'None',
      ...quota,
    }));
  }

  /** The value in force for an account and region; see `QuotaOverride`. */
  value(account: string, region: string, serviceCode: string, quota: Quota): QuotaOverride['value'] {
    const set = this.#overrides.find(
      (override) =>
        override.serviceCode === serviceCode &&
        override.quotaCode === quota.code &&
        (override.account ?? account) === account &&
        (override.region ?? region) === region,
    );
    return set ? set.value : quota.value;
  }
}
