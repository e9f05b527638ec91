import { isEnabled } from '../../../shared/aws/opt-in-status.ts';
import { type Finding, failed, passed, Undetermined, warning } from '../../../shared/checks/check.ts';
import type { Zone } from '../account-reader.ts';
import type { PreflightCheck } from '../preflight-facts.ts';

const usable = (zones: Zone[]): string =>
  zones
    .filter(({ type, state }) => type === 'availability-zone' && state === 'available')
    .map(({ name }) => name)
    .join(', ');

/** What is wrong with a chosen zone; states: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AvailabilityZone.html */
function judge(name: string, zones: Zone[]): Finding | undefined {
  const zone = zones.find((one) => one.name === name);
  const details = { zone: name, ...zone };
  const choose = `Choose among ${usable(zones)}`;
  if (!zone) return failed(`The account has no zone ${name} in the region. ${choose}`, { details });
  const { type, state, optInStatus } = zone;
  if (!type || !state) throw new Undetermined('value_absent', `AWS does not tell type and state of ${name}`);
  if (type !== 'availability-zone')
    return failed(`${name} is a ${type}, which cannot have the default nodes. ${choose}`, { details });
  if (state === 'unavailable' || (optInStatus && !isEnabled(optInStatus)))
    return failed(`The zone ${name} cannot be used (${state}, ${optInStatus}). ${choose}`, { details });
  if (state !== 'available')
    return warning(`The zone ${name} is ${state}, so that nodes may not start there. ${choose}`, { details });
  return undefined;
}

function judgeNumber(chosen: string[]): Finding[] {
  const details = { zones: chosen };
  if (chosen.length !== 2) return [passed(`The zones ${chosen.join(', ')} can be used`, { details })];
  return [
    warning(`The nodes are to be in two zones, ${chosen.join(' and ')}; one or three are usual`, { details }),
  ];
}

/** The chosen zones are there and of the kind that can have nodes. */
export const availabilityZones: PreflightCheck = {
  name: 'availability_zones',
  what: 'each of the chosen zones exists, is an availability zone and is available',
  actions: ['ec2:DescribeAvailabilityZones'],
  rule: 'Fails when a chosen zone does not exist, is a local or wavelength zone, is not enabled or is unavailable. Warns when one is impaired or constrained, and when two zones are chosen instead of one or three.',
  remedy: 'Choose other zones',
  run: async ({ account, cluster }) => {
    if (!cluster.availability_zones) return [];
    const chosen = [...new Set(cluster.availability_zones)];
    const zones = await account.zones();
    const problems = chosen.flatMap((name) => judge(name, zones) ?? []);
    return problems.length > 0 ? problems : judgeNumber(chosen);
  },
};
