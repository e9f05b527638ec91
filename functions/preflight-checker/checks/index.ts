import type { PreflightCheck } from '../preflight-facts.ts';
import { elbServiceLinkedRole } from './elb-service-linked-role.ts';
import { instanceTypeOffered } from './instance-type-offered.ts';
import { quotaEc2StandardVcpu } from './quota-ec2-standard-vcpu.ts';
import { quotaOidcProviders } from './quota-oidc-providers.ts';
import { regionEnabled } from './region-enabled.ts';

/** The preflight catalogue, in the order of the report. A new check is one file and one line here. */
export const preflightChecks: readonly PreflightCheck[] = [
  regionEnabled,
  instanceTypeOffered,
  quotaEc2StandardVcpu,
  quotaOidcProviders,
  elbServiceLinkedRole,
];
