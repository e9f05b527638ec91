import type { Tag } from '@aws-sdk/client-ec2';
import { type Finding, failed, warning } from '../../../shared/checks/check.ts';
import { isPublicCluster } from '../cluster-needs.ts';
import { type ClassifiedSubnet, conclude, type SubnetKind } from '../cluster-subnets.ts';
import type { NetworkCheck } from '../network-facts.ts';
import { readsClassification } from '../read-actions.ts';

/** The tag by which Kubernetes finds the subnets of load balancers. */
const tagOf: Record<SubnetKind, string> = {
  private: 'kubernetes.io/role/internal-elb',
  public: 'kubernetes.io/role/elb',
};

const tagValue = ({ Tags = [] }: { Tags?: Tag[] }, key: string): string | undefined =>
  Tags.find(({ Key }) => Key === key)?.Value;

/** A tag counts with the value 1 or none. */
const isTagged = ({ subnet }: ClassifiedSubnet, key: string): boolean =>
  ['', '1'].includes(tagValue(subnet, key) ?? 'absent');

const command = (ids: string[], key: string) =>
  `aws ec2 create-tags --resources ${ids.join(' ')} --tags Key=${key},Value=1`;

/** Subnets of a kind without the kind's tag: none tagged is a failure when the cluster needs the kind. */
function untagged(subnets: ClassifiedSubnet[], kind: SubnetKind, isNeeded: boolean): Finding[] {
  const key = tagOf[kind];
  const without = subnets.filter((subnet) => !isTagged(subnet, key));
  const ids = without.map(({ subnetId }) => subnetId);
  if (without.length === 0) return [];
  if (without.length === subnets.length && isNeeded) {
    const message = `No ${kind} subnet (${ids.join(', ')}) has the tag ${key}, so load balancers find no subnet. Run: ${command(ids, key)}`;
    return [failed(message, { details: { tag: key, subnet_ids: ids } })];
  }
  return without.map(({ subnetId: resourceId, subnet }) => {
    const value = tagValue(subnet, key);
    const found =
      value === undefined ? `has no tag ${key}` : `has the tag ${key} with the value ${value}, not 1`;
    return warning(
      `${resourceId} is ${kind} and ${found}, so load balancers leave its zone out. Run: ${command([resourceId], key)}`,
      { resourceId, details: { tag: key, value } },
    );
  });
}

/** Subnets with the tag of the other kind. */
const mistagged = (subnets: ClassifiedSubnet[], wrong: SubnetKind): Finding[] =>
  subnets
    .filter((subnet) => isTagged(subnet, tagOf[wrong]))
    .map(({ subnetId: resourceId, kind }) =>
      warning(
        `${resourceId} is ${kind} and has the tag ${tagOf[wrong]} of ${wrong} subnets, so load balancers may be put where they cannot work. Run: aws ec2 delete-tags --resources ${resourceId} --tags Key=${tagOf[wrong]}`,
        { resourceId, details: { tag: tagOf[wrong] } },
      ),
    );

const describe = (kind: SubnetKind, when: string) => ({
  what: `the ${kind} subnets have the tag ${tagOf[kind]}, by which load balancers find them`,
  actions: readsClassification,
  rule: `Fails when none of the ${kind} subnets has it${when}. Warns about each one without it or with another value than 1, and about a subnet of the other kind with it.`,
  remedy: command(['<subnet>'], tagOf[kind]),
});

export const subnetTagInternalElb: NetworkCheck = {
  name: 'subnet_tag_internal_elb',
  ...describe('private', ''),
  run: async ({ classified }) => {
    const subnets = await classified();
    const findings = [...untagged(subnets.private, 'private', true), ...mistagged(subnets.public, 'private')];
    return conclude(findings, `The private subnets have the tag ${tagOf.private}`, subnets.unrouted);
  },
};

export const subnetTagElb: NetworkCheck = {
  name: 'subnet_tag_elb',
  ...describe('public', ' and the cluster is public'),
  run: async ({ classified, requirements }) => {
    const subnets = await classified();
    const findings = [
      ...untagged(subnets.public, 'public', isPublicCluster(requirements)),
      ...mistagged(subnets.private, 'public'),
    ];
    return conclude(findings, `The public subnets, if any, have the tag ${tagOf.public}`, subnets.unrouted);
  },
};
