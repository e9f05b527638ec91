import type { Release } from '../../../shared/customer-stack/release-manifest.ts';
import type { FunctionLogGroups } from '../../../shared/status/retention.ts';
import type { ExecutionRoles } from '../../../shared/status/role.ts';
import type { FunctionConfigurations } from '../../../shared/status/settings.ts';
import { type Recorded, recorded } from './recorded.ts';

const components = ['oidc-provisioner', 'preflight-checker', 'network-verifier'];

const settings = { MemorySize: 128, Timeout: 60, Runtime: 'nodejs24.x', Handler: 'handler.handler' };

const packaged = (component: string) => ({
  component,
  handlerKey: component,
  nameParameter: component,
  artifact: `${component}.zip`,
  codeSha256: 'code1',
  settings,
  actions: { always: ['logs:CreateLogStream', 'logs:PutLogEvents'], sometimes: ['kms:Decrypt'] },
});

/** A release whose functions all have the code `code1`. */
export const fakeRelease = (): Release => ({
  version: '1.2.3',
  id: '0123456789ab',
  folder: '/release',
  files: {},
  functions: components.map(packaged),
});

/** Where the status is read from, beside Lambda's versions and aliases. */
export interface FakeStatusSources {
  configurations: Recorded<FunctionConfigurations>;
  functionLogGroups: Recorded<FunctionLogGroups>;
  executionRoles: Recorded<ExecutionRoles>;
}

/** Functions as `fakeRelease` would deploy them, with records kept for 90 days. */
export const fakeStatusSources = (): FakeStatusSources => ({
  configurations: recorded<FunctionConfigurations>({
    configuration: async (name) => ({
      ...settings,
      roleArn: `arn:aws:iam::123456789012:role/${name}-role`,
    }),
  }),
  functionLogGroups: recorded<FunctionLogGroups>({
    retention: async () => 90,
    lastEvent: async () => new Date('2026-01-31T10:00:00Z'),
  }),
  executionRoles: recorded<ExecutionRoles>({
    permissions: async () => ({
      inline: [{ name: 'WriteOwnLog', actions: ['logs:CreateLogStream', 'logs:PutLogEvents'] }],
      managed: [],
    }),
  }),
});
