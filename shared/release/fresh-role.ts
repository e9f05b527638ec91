import { setTimeout as sleep } from 'node:timers/promises';
import type { RetryPolicy } from '../retry.ts';

/** A role made by this deploy may take this long until IAM knows it everywhere: 15 s in all, doubling from 1 s. */
export const freshRole: RetryPolicy = { attempts: 5, firstPauseMs: 1_000, sleep, random: () => 1 };
