/**
 * A day of the functions, made up: in the afternoon a new version of the network verifier gets a quarter of the calls
 * and fails. The day ends before somebody takes it back.
 */

/** Five minutes each. */
export const points = 288;

/** When the day began; it is the last of the metrics, too. */
export const dayBegan = new Date('2026-11-21T16:00:00Z');

/** From when to when the canary ran, in points. */
const canary = { from: 264, to: 288, share: 0.25 };

export const accounts = [
  { label: 'payments', id: '123456789012', size: 1 },
  { label: 'retail', id: '210987654321', size: 0.6 },
  { label: 'analytics', id: '345678901234', size: 0.35 },
];

/** Calls in five minutes at noon, and milliseconds of the half of the calls, by function. */
const functions: Record<string, { calls: number; medianMs: number }> = {
  'oidc-provisioner': { calls: 3, medianMs: 310 },
  'preflight-checker': { calls: 6, medianMs: 1450 },
  'network-verifier': { calls: 8, medianMs: 1900 },
};

const failing = 'network-verifier';

/** Between 0 and 1, the same for the same question. */
function chance(question: string, point: number): number {
  let hash = 2166136261 + point * 40503;
  for (const letter of question) hash = Math.imul(hash ^ letter.charCodeAt(0), 16777619);
  hash = Math.imul(hash ^ (hash >>> 15), 2246822519);
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32;
}

const isCanary = (point: number): boolean => point >= canary.from && point < canary.to;

/** More by day than by night; the graph begins at 16:00. */
const busy = (point: number): number =>
  0.25 + 0.75 * Math.max(0, Math.sin(((point / points) * 24 + 10) * (Math.PI / 12)));

function calls(component: string, account: string, size: number, point: number): number {
  const noon = functions[component]?.calls ?? 1;
  return Math.round(noon * size * busy(point) * (0.8 + 0.4 * chance(`${component}${account}`, point)));
}

/** What a metric of a function was at a point of the day, in one account. */
type Measure = (component: string, account: (typeof accounts)[number], point: number) => number;

const canaryCalls: Measure = (component, account, point) =>
  component === failing && isCanary(point)
    ? Math.ceil(calls(component, account.label, account.size, point) * canary.share)
    : 0;

const median: Measure = (component, account, point) => {
  const { medianMs = 0 } = functions[component] ?? {};
  return medianMs * (0.95 + 0.1 * chance(`p50${component}${account.label}`, point));
};

/** Metrics by name, and durations by their statistic. */
export const measures: Record<string, Measure> = {
  Invocations: (component, { label, size }, point) => calls(component, label, size, point),
  Errors: (component, account, point) => {
    const rare = chance(`errors${component}${account.label}`, point) > 0.992 ? 1 : 0;
    return account.label === 'payments' ? Math.max(rare, canaryCalls(component, account, point)) : rare;
  },
  Throttles: (component, { label }, point) =>
    component === 'preflight-checker' && label === 'payments' && point > 207 && point < 211 ? 2 : 0,
  deadline_ended_answers: (component, { label }, point) =>
    component !== 'oidc-provisioner' && chance(`deadline${component}${label}`, point) > 0.993 ? 1 : 0,
  p50: median,
  p99: (component, account, point) =>
    median(component, account, point) * (1.9 + 0.3 * chance(`p99${component}`, point)),
  Maximum: (component, account, point) =>
    median(component, account, point) * (2.4 + 4 * chance(`max${component}${account.label}`, point) ** 24),
};

/** Calls by the version that answered: two of the network verifier while the canary runs. */
export const versions: Record<string, [version: string, measure: Measure][]> = Object.fromEntries(
  Object.keys(functions).map((component) => {
    const all: Measure = (...where) => measures.Invocations?.(...where) ?? 0;
    const old: Measure = (...where) => all(...where) - canaryCalls(...where);
    const both: [string, Measure][] = [
      ['7', old],
      ['8', canaryCalls],
    ];
    return [component, component === failing ? both : both.slice(0, 1)];
  }),
);

/** Findings in five minutes, by the check; now and then. */
export const findings: Record<string, Record<string, number>> = {
  check_failures: {
    egress_path: 0.12,
    quota_ec2_standard_vcpu: 0.08,
    nat_gateway_state: 0.06,
    subnet_tag_internal_elb: 0.04,
    account_roles: 0.03,
  },
  check_undetermined: { scp_hint: 0.03, quota_ebs_gp3_tib: 0.025, prefix_list_routes: 0.015 },
};

/** How often a check was so in an account, at a point of the day. */
export const found = (check: string, share: number, account: string, point: number): number =>
  chance(`${check}${account}`, point) < share * busy(point) ? 1 + Math.round(2 * chance(check, point)) : 0;

/** The alarms that ring at the end of the day, and the latest failures. */
export const ringing = ['rosa-network-verifier-error-rate'];

const failure = 'EC2 answered DescribeVpcEndpoints with a field that was not expected';
export const failures: string[][] = [
  ['2026-11-22 15:55:41.207', 'network-verifier', '8', 'InternalError', failure, '0f3f2f8e-6f0e-4a60'],
  ['2026-11-22 15:52:10.844', 'network-verifier', '8', 'InternalError', failure, '7c0b1c52-1f6e-4d07'],
  ['2026-11-22 15:47:33.019', 'network-verifier', '8', 'InternalError', failure, 'c2a5d6f4-93ab-4f2c'],
  [
    '2026-11-22 09:12:05.530',
    'oidc-provisioner',
    '7',
    'InvalidRequestError',
    'issuer_url must be an https URL of host and optional path, at most 255 characters',
    '5be1f0aa-2b5d-4a3e',
  ],
  [
    '2026-11-22 03:40:58.112',
    'preflight-checker',
    '7',
    'ThrottledError',
    'ec2:DescribeInstanceTypeOfferings failed with RequestLimitExceeded: try again later',
    'e7d94f1b-08c3-4b1a',
  ],
];
