import { type Finding, warning } from '../../../shared/checks/check.ts';
import { untilAborted } from '../../../shared/until-aborted.ts';
import type { NetworkFacts } from '../network-facts.ts';
import type { ActiveProbe } from './active-probe.ts';

/** Where the function is, seen from the subnets of the request. */
export interface Attachment {
  /** Whether the subnets it is attached to are of the request's VPC. */
  vpc: 'same' | 'other' | 'unknown';
  /** The private subnets of the request that it is not attached to. */
  unproven: string[];
}

/** A fact, or undefined when it cannot be had before the end; the checks that it is for say why. */
const ifKnown = <Value>(fact: Promise<Value>, { end }: ActiveProbe): Promise<Value | undefined> =>
  untilAborted(fact, end).catch(() => undefined);

/** The private subnets of the request: by their routes or, when those are not known, by what it says of them. */
async function privateSubnetIds(facts: NetworkFacts, probe: ActiveProbe): Promise<string[]> {
  const subnets = await ifKnown(facts.classified(), probe);
  if (subnets) return [...subnets.private.map(({ subnetId }) => subnetId), ...subnets.unrouted];
  const { public_subnet_ids: publicIds = [] } = facts.requirements;
  return facts.subnetIds.filter((id) => !publicIds.includes(id));
}

/**
 * Compares the subnets the function is attached to with those of the request. An attached function may well have no
 * way to EC2's API: what cannot be read is then left to the ids.
 */
export async function attachmentOf(facts: NetworkFacts, probe: ActiveProbe): Promise<Attachment> {
  const [ofVpc, privateIds] = await Promise.all([
    ifKnown(facts.vpcSubnets(), probe),
    privateSubnetIds(facts, probe),
  ]);
  const isAttached = (id: string | undefined) => probe.attachedSubnetIds.includes(id ?? '');
  const known = ofVpc?.map(({ SubnetId }) => SubnetId) ?? facts.subnetIds;
  const otherwise = ofVpc ? 'other' : 'unknown';
  return {
    vpc: known.some(isAttached) ? 'same' : otherwise,
    unproven: privateIds.filter((id) => !isAttached(id)),
  };
}

/** How to attach the function to subnets. */
function attach(subnetIds: readonly string[]): string {
  const ids = subnetIds.length > 0 ? subnetIds.join(',') : '<private subnets>';
  return `rosactl setup-account --network-verifier-subnet-ids ${ids} --network-verifier-security-group-ids <group>, or serverless deploy --param="networkVerifierSubnetIds=${ids}" --param="networkVerifierSecurityGroupIds=<group>"; the group must let TCP port 443 out`;
}

const notVerifiable = (message: string, details: Record<string, unknown>): Finding =>
  warning(message, { details: { reason_code: 'not_verifiable', ...details } });

export const notAttached = ({ unproven }: Attachment): Finding =>
  notVerifiable(
    `No endpoint was probed, since the function is not attached to the VPC. Run: ${attach(unproven)}`,
    { attached_subnet_ids: [] },
  );

/** What an attached function's probe cannot speak for. */
export function limitsOf(
  { vpcId }: NetworkFacts,
  { attachedSubnetIds }: ActiveProbe,
  { vpc, unproven }: Attachment,
): Finding[] {
  const details = { attached_subnet_ids: attachedSubnetIds };
  const ids = attachedSubnetIds.join(', ');
  if (vpc === 'other') {
    const message = `Nothing was proven of ${vpcId}, since the function is attached to ${ids} of another VPC. Run: ${attach(unproven)}`;
    return [notVerifiable(message, details)];
  }
  const limits: Finding[] = [];
  if (vpc === 'unknown') {
    const message = `Whether the probe speaks for ${vpcId} could not be looked up: the function is attached to ${ids}, none of which the request names. Compare them: aws ec2 describe-subnets --subnet-ids ${attachedSubnetIds.join(' ')}`;
    limits.push(notVerifiable(message, details));
  }
  if (unproven.length > 0) {
    const message = `The probe says nothing of ${unproven.join(', ')}, since the function is attached to ${ids} only. Run: ${attach([...attachedSubnetIds, ...unproven])}`;
    limits.push(notVerifiable(message, { ...details, subnet_ids: unproven }));
  }
  return limits;
}
