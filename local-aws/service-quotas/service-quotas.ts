import { AwsError, type AwsResponse, jsonResponse } from '../aws-errors.ts';
import { type AwsRequest, jsonFields } from '../aws-request.ts';
import type { Caller } from '../callers.ts';
import type { Enforcer } from '../iam/enforce.ts';
import type { Quota, QuotaBook, QuotaService } from './quota-book.ts';

const PAGE = 100;
/** Where each partition keeps the quotas of its global services. */
const GLOBAL_REGIONS = new Set(['us-east-1', 'us-gov-west-1', 'cn-north-1']);

/** What answering needs: the values, and whether a caller may do what Service Quotas does on their behalf. */
export type QuotaDependencies = { quotas: QuotaBook; enforcer: Pick<Enforcer, 'allows'> };

type Question = { request: AwsRequest; caller: Caller; serviceCode: string; service: QuotaService };

const noSuch = (message: string) => new AwsError('NoSuchResourceException', 400, message);

function readQuestion(request: AwsRequest, caller: Caller, book: QuotaBook): Question {
  const serviceCode = String(jsonFields(request).ServiceCode);
  const service = book.service(serviceCode);
  if (!service || (service.global && !GLOBAL_REGIONS.has(request.region))) {
    throw noSuch('The request failed because the specified service does not exist.');
  }
  return { request, caller, serviceCode, service };
}

/** https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_ErrorReason.html */
const UNREADABLE = {
  DEPENDENCY_ACCESS_DENIED_ERROR: (service: QuotaService) =>
    `The caller does not have the required permission ${service.needs} to read this quota.`,
  DEPENDENCY_SERVICE_ERROR: (service: QuotaService) =>
    `${service.name} did not tell the value of this quota.`,
};

function unreadable(reason: keyof typeof UNREADABLE, service: QuotaService) {
  return { ErrorReason: { ErrorCode: reason, ErrorMessage: UNREADABLE[reason](service) } };
}

/** A quota's applied value or why it cannot be read; undefined when it has none. */
function currentValue(
  { request, caller, serviceCode, service }: Question,
  quota: Quota,
  { quotas, enforcer }: QuotaDependencies,
) {
  const context = { 'aws:requestedregion': request.region };
  if (service.needs && !enforcer.allows(caller, { action: service.needs, resource: '*', context })) {
    return unreadable('DEPENDENCY_ACCESS_DENIED_ERROR', service);
  }
  const value = quotas.value(caller.accountId, request.region, serviceCode, quota);
  if (value === 'never-raised') return undefined;
  return value === null ? unreadable('DEPENDENCY_SERVICE_ERROR', service) : { Value: value };
}

/** https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_ServiceQuota.html */
function describe({ request, caller, serviceCode, service }: Question, quota: Quota) {
  const account = service.global ? `:${caller.accountId}` : `${request.region}:${caller.accountId}`;
  return {
    ServiceCode: serviceCode,
    ServiceName: service.name,
    QuotaArn: `arn:${caller.partition}:servicequotas:${account}:${serviceCode}/${quota.code}`,
    QuotaCode: quota.code,
    QuotaName: quota.name,
    Unit: quota.unit,
    Adjustable: quota.adjustable,
    GlobalQuota: service.global ?? false,
    QuotaAppliedAtLevel: 'ACCOUNT',
  };
}

function oneQuota(question: Question, book: QuotaBook): Quota {
  const code = String(jsonFields(question.request).QuotaCode);
  const quota = book.quotas(question.serviceCode).find((candidate) => candidate.code === code);
  if (!quota) throw noSuch('The request failed because the specified quota code does not exist.');
  return quota;
}

function page<T>(items: T[], request: AwsRequest): { Quotas: T[]; NextToken?: string } {
  const { NextToken, MaxResults } = jsonFields(request);
  const from = NextToken ? Number(Buffer.from(String(NextToken), 'base64').toString()) : 0;
  const to = from + Math.min(Number(MaxResults ?? PAGE), PAGE);
  const next = to < items.length ? { NextToken: Buffer.from(String(to)).toString('base64') } : {};
  return { Quotas: items.slice(from, to), ...next };
}

/**
 * Answers the reading half of Service Quotas.
 * https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_GetServiceQuota.html
 * @throws AwsError NoSuchResourceException, or NotImplemented for every other action.
 */
export function answerServiceQuotas(
  request: AwsRequest,
  caller: Caller,
  dependencies: QuotaDependencies,
): AwsResponse {
  const book = dependencies.quotas;
  const applied = (question: Question, quota: Quota) => {
    const value = currentValue(question, quota, dependencies);
    return value && { ...describe(question, quota), ...value };
  };
  const question = () => readQuestion(request, caller, book);
  switch (request.action) {
    case 'GetServiceQuota': {
      const Quota = applied(question(), oneQuota(question(), book));
      if (!Quota) throw noSuch('The request failed because the quota has no applied value.');
      return jsonResponse({ Quota });
    }
    case 'GetAWSDefaultServiceQuota': {
      const quota = oneQuota(question(), book);
      return jsonResponse({ Quota: { ...describe(question(), quota), Value: quota.value } });
    }
    case 'ListServiceQuotas':
      return jsonResponse(
        page(
          book.quotas(question().serviceCode).flatMap((quota) => applied(question(), quota) ?? []),
          request,
        ),
      );
    default:
      throw new AwsError(
        'NotImplemented',
        501,
        `the laptop AWS only reads quotas; it does not have ${request.action}`,
      );
  }
}
