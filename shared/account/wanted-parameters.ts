import { functionsOf } from '../customer-stack/components.ts';
import type { StackState } from '../customer-stack/stack-state.ts';
import { Refused } from '../release/refused.ts';

type Parameters = Record<string, string>;

/** CloudFormation would make another function: versions, aliases and the ARN the platform knows would be gone. */
function refuseOtherNames(region: string, before: Parameters, wanted: Parameters): void {
  // A stack that tells none was never deployed: an interrupted first deploy has left its bucket.
  if (Object.keys(before).length === 0) return;
  const names = functionsOf(region, wanted).map(({ name }) => name);
  const others = functionsOf(region, before).flatMap(({ name }, index) =>
    name === names[index] ? [] : [`${name} would be replaced by ${names[index]}`],
  );
  if (others.length === 0) return;
  throw new Refused(
    `${others.join(', ')}, and its versions, its aliases and the ARN that the platform knows would be lost. Leave the name as it is, or run "rosactl cleanup-account" first and set the account up again`,
  );
}

function refuseHalfAnAttachment(wanted: Parameters): void {
  const { networkVerifierSubnetIds, networkVerifierSecurityGroupIds } = wanted;
  if (Boolean(networkVerifierSubnetIds) === Boolean(networkVerifierSecurityGroupIds)) return;
  throw new Refused(
    'the network verifier is attached to subnets with security groups: give both --network-verifier-subnet-ids and --network-verifier-security-group-ids, or none of them',
  );
}

/**
 * The stack's parameters as they are to be: those it has, and over them those that were asked for.
 * @throws Refused when the stack could not be deployed with them, or not without losing a function
 */
export function wantedParameters(
  region: string,
  before: StackState | undefined,
  asked: Parameters,
): Parameters {
  const wanted = { ...before?.parameters, ...asked };
  refuseOtherNames(region, before?.parameters ?? {}, wanted);
  refuseHalfAnAttachment(wanted);
  return wanted;
}
