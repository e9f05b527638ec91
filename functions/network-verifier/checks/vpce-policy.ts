import type { VpcEndpoint } from '@aws-sdk/client-ec2';
import { type Finding, passed, warning } from '../../../shared/checks/check.ts';
import { isUsed, serviceName } from '../endpoints.ts';
import type { NetworkCheck } from '../network-facts.ts';
import { reads } from '../read-actions.ts';

interface Statement {
  Effect?: unknown;
  Principal?: unknown;
  Action?: unknown;
  Resource?: unknown;
  Condition?: unknown;
}

const isEverything = (value: unknown): boolean =>
  value === '*' || (Array.isArray(value) && value.includes('*'));

const isAnyone = (principal: unknown): boolean =>
  isEverything(principal) ||
  (typeof principal === 'object' && principal !== null && isEverything((principal as { AWS?: unknown }).AWS));

const allowsAll = ({ Effect, Principal, Action, Resource, Condition }: Statement): boolean =>
  Effect === 'Allow' &&
  isAnyone(Principal) &&
  isEverything(Action) &&
  isEverything(Resource) &&
  Condition === undefined;

function statementsIn(document: string): Statement[] | undefined {
  try {
    const { Statement } = JSON.parse(document);
    return Array.isArray(Statement) ? Statement : [Statement];
  } catch {
    return undefined;
  }
}

/** https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html */
function judge({ VpcEndpointId: resourceId, ServiceName: service, PolicyDocument }: VpcEndpoint): Finding {
  const rest = { resourceId, details: { service } };
  const statements = statementsIn(PolicyDocument ?? '');
  if (!statements?.[0]) {
    const message = `${resourceId}: not checked, since AWS shows no policy of it that can be read`;
    return warning(message, { ...rest, details: { ...rest.details, reason_code: 'value_absent' } });
  }
  const denies = statements.some(({ Effect }) => Effect === 'Deny');
  if (!denies && statements.some(allowsAll))
    return passed(`${resourceId} for ${service} lets every request through`, rest);
  const how = denies ? 'denies some requests' : 'allows some requests only';
  return warning(
    `${resourceId} for ${service} has a policy that ${how}. Make sure that it allows what nodes do, which for images includes reading ECR's buckets in S3, or open it: aws ec2 modify-vpc-endpoint --vpc-endpoint-id ${resourceId} --reset-policy`,
    rest,
  );
}

/** The policies of endpoints leave the cluster's requests alone. */
export const vpcePolicy: NetworkCheck = {
  name: 'vpce_policy',
  what: 'the policies of the endpoints for S3, sts, ecr.api and ecr.dkr let every request through',
  actions: [reads.endpoints],
  rule: 'Warns about a policy with a denial, or without a statement that allows everything to everyone. Says nothing of endpoints that are not there.',
  remedy: 'aws ec2 modify-vpc-endpoint --vpc-endpoint-id <endpoint> --reset-policy',
  run: async ({ endpoints, region, requirements }) => {
    const isNeeded = isUsed(region, requirements.zero_egress ?? false);
    const s3 = serviceName(region, 's3');
    const used = (await endpoints()).filter((one) => one.ServiceName === s3 || isNeeded(one));
    return used.map(judge);
  },
};
