import {
  GetAWSDefaultServiceQuotaCommand,
  GetServiceQuotaCommand,
  paginateListServiceQuotas,
  type ServiceQuota,
  type ServiceQuotasClient,
} from '@aws-sdk/client-service-quotas';
import { AwsCallError, awsCall, unlessMissing } from '../../../shared/aws/aws-call-error.ts';
import { listing, told } from '../../../shared/checks/listing.ts';
import type { AccountReader } from '../account-reader.ts';

/** Services whose quotas answer in the partition's control-plane region only. */
const globalServices = new Set(['iam', 'route53']);

/**
 * Services of which many quotas are looked at: one listing each has them all in a page of 100, the most there can
 * be. Service Quotas takes, at once, 10 GetServiceQuota and 20 ListServiceQuotas in a region. Read one by one, the
 * 16 quotas of these three services would be throttled; so it is 3 listings, and one call for each of the few of
 * `ec2`, whose listing has several pages, one after the other.
 * https://docs.aws.amazon.com/servicequotas/latest/userguide/reference_limits.html
 * https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_ListServiceQuotas.html
 */
const listedServices = new Set(['ebs', 'elasticloadbalancing', 'vpc']);

const quotasPerPage = 100;

/** What Service Quotas calls on behalf of its caller, who must be allowed to: a quota without a value says so. */
const dependencies: Record<string, string> = {
  // https://github.com/hashicorp/terraform-provider-aws/issues/19719
  elasticloadbalancing: 'elasticloadbalancing:DescribeAccountLimits',
};

function refuseDenied(serviceCode: string, { ErrorReason }: ServiceQuota): void {
  const action = dependencies[serviceCode];
  if (!action || ErrorReason?.ErrorCode !== 'DEPENDENCY_ACCESS_DENIED_ERROR') return;
  const said = new Error(ErrorReason.ErrorMessage ?? ErrorReason.ErrorCode);
  throw new AwsCallError(action, Object.assign(said, { name: 'AccessDenied' }));
}

async function listQuotas(
  client: ServiceQuotasClient,
  ServiceCode: string,
): Promise<Map<string | undefined, ServiceQuota>> {
  const pages = paginateListServiceQuotas({ client, pageSize: quotasPerPage }, { ServiceCode });
  const action = 'servicequotas:ListServiceQuotas';
  const quotas = await unlessMissing(
    listing(
      action,
      pages,
      (page) => page.Quotas,
      (quota) => told(action, quota, 'QuotaCode'),
    ),
  );
  return new Map((quotas ?? []).map((quota) => [quota.QuotaCode, quota]));
}

/** What the account is allowed. Quotas of global services are kept in another region than others. */
export function quotaReader(
  quotas: ServiceQuotasClient,
  globalQuotas: ServiceQuotasClient,
): Pick<AccountReader, 'quota'> {
  const lists = new Map<string, ReturnType<typeof listQuotas>>();

  async function applied(client: ServiceQuotasClient, ServiceCode: string, QuotaCode: string) {
    if (listedServices.has(ServiceCode)) {
      const list = lists.get(ServiceCode) ?? listQuotas(client, ServiceCode);
      lists.set(ServiceCode, list);
      return (await list).get(QuotaCode);
    }
    const command = new GetServiceQuotaCommand({ ServiceCode, QuotaCode });
    const output = await unlessMissing(awsCall('servicequotas:GetServiceQuota', () => client.send(command)));
    return output && (output.Quota ?? {});
  }

  /** A quota that was never raised may have no applied value, only AWS's default. */
  async function defaultOf(client: ServiceQuotasClient, ServiceCode: string, QuotaCode: string) {
    const command = new GetAWSDefaultServiceQuotaCommand({ ServiceCode, QuotaCode });
    const output = await unlessMissing(
      awsCall('servicequotas:GetAWSDefaultServiceQuota', () => client.send(command)),
    );
    return output?.Quota;
  }

  return {
    quota: async (serviceCode, quotaCode) => {
      const client = globalServices.has(serviceCode) ? globalQuotas : quotas;
      const own = await applied(client, serviceCode, quotaCode);
      const found = own ?? (await defaultOf(client, serviceCode, quotaCode));
      if (!found) return undefined;
      refuseDenied(serviceCode, found);
      return {
        value: found.Value,
        isDefault: own === undefined,
        errorReason: found.ErrorReason?.ErrorMessage ?? found.ErrorReason?.ErrorCode,
        region: await client.config.region(),
      };
    },
  };
}
