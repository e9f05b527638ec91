import type { Dialect } from './dialect.ts';
import { v0 } from './v0.ts';
import { v1 } from './v1.ts';

/** v1 is what the design has; v0 is what the platform's authors run today. */
export const apiVersions = ['v1', 'v0'] as const;

export type ApiVersion = (typeof apiVersions)[number];

export const dialects: Record<ApiVersion, Dialect> = { v1, v0 };
