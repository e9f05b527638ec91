import type { PlatformAccessMode } from '../../schemas/generated/platform-account-registration.js';

/** All ways to work in an account, the one that the migration leads to first. */
export const accessModes = ['lambda', 'dual', 'oidc-sts'] as const satisfies readonly PlatformAccessMode[];
