import type { Output } from './answer-body.ts';
import { type Behaviour, type Call, OddAnswer, Refusal } from './fake-aws.ts';

/** What each service answers in trouble, by its signing name. */
interface Troubles {
  denied: Refusal;
  throttled: Refusal;
  broken: Refusal;
}

/**
 * EC2: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
 * IAM: https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html
 * Organizations: https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccounts.html
 * Secrets Manager: https://docs.aws.amazon.com/secretsmanager/latest/apireference/CommonErrors.html
 * STS: https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html
 * Support: https://docs.aws.amazon.com/awssupport/latest/APIReference/CommonErrors.html
 * Service Quotas: https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_GetServiceQuota.html
 */
const troubles: Record<string, Troubles> = {
  ec2: {
    denied: new Refusal('UnauthorizedOperation', 403),
    throttled: new Refusal('RequestLimitExceeded', 503),
    broken: new Refusal('InternalError', 500),
  },
  iam: {
    denied: new Refusal('AccessDenied', 403),
    throttled: new Refusal('Throttling', 400),
    broken: new Refusal('ServiceFailure', 500),
  },
  organizations: {
    denied: new Refusal('AccessDeniedException', 400),
    throttled: new Refusal('TooManyRequestsException', 400),
    broken: new Refusal('ServiceException', 500),
  },
  secretsmanager: {
    denied: new Refusal('AccessDeniedException', 400),
    throttled: new Refusal('ThrottlingException', 400),
    broken: new Refusal('InternalServiceError', 500),
  },
  sts: {
    denied: new Refusal('AccessDenied', 403),
    throttled: new Refusal('Throttling', 400),
    broken: new Refusal('InternalFailure', 500),
  },
  support: {
    denied: new Refusal('AccessDeniedException', 400),
    throttled: new Refusal('ThrottlingException', 400),
    broken: new Refusal('InternalServerError', 500),
  },
  servicequotas: {
    denied: new Refusal('AccessDeniedException', 400),
    throttled: new Refusal('TooManyRequestsException', 400),
    broken: new Refusal('ServiceException', 500),
  },
};

export function troublesOf(action: string): Troubles {
  const found = troubles[action.split(':')[0] ?? ''];
  if (!found) throw new Error(`what ${action} answers in trouble is not known: add its service`);
  return found;
}

/** What the SDK's connection throws when nobody answers in time. */
export const timeout = (): Error => Object.assign(new Error('no answer in time'), { name: 'TimeoutError' });

export const always =
  (error: () => Error): Behaviour =>
  () => {
    throw error();
  };

const keyOf = ({ action, input, region }: Call): string => JSON.stringify([action, input, region]);

/** Fails the first attempts of each call, one error after the other, and then answers. */
export function atFirst(...errors: Error[]): Behaviour {
  const attempts = new Map<string, number>();
  return ({ call, answer }) => {
    const made = attempts.get(keyOf(call)) ?? 0;
    attempts.set(keyOf(call), made + 1);
    const error = errors[made];
    if (error) throw error;
    return answer();
  };
}

/** No answer, ever. */
export const hangs: Behaviour = () => new Promise(() => {});

/** A page of a proxy in place of an answer of AWS. */
export const proxyPage = () => new OddAnswer(502, '<html><body>Bad gateway</body></html>');

/** Nothing at all, and yet a success. */
export const noBytes = () => new OddAnswer(200, '');

/** An answer of the right kind with nothing in it. */
export const nothingInIt: Behaviour = () => ({});

/** Where in an answer a value is: `['Vpcs', 0, 'Tags']`. */
export type Path = (string | number)[];

/** Every field of an answer, inner ones too; the items of lists are not fields, theirs are. */
export function fieldsOf(value: unknown, at: Path = []): Path[] {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const isItem = Array.isArray(value);
    const path = [...at, isItem ? Number(key) : key];
    return [...(isItem ? [] : [path]), ...fieldsOf(inner, path)];
  });
}

/** A copy of an answer without one field. */
export function without(answer: Output, [...path]: Path): Output {
  const copy = structuredClone(answer);
  const last = path.pop() as string;
  const holder = path.reduce((inner, key) => (inner as never)[key], copy as unknown);
  if (holder) delete (holder as Output)[last];
  return copy;
}

/** The same in two pages, the first of which lacks the last item: of a list of one it is empty, and not the end. */
export const inPages: Behaviour = ({ call: { input, pageToken = '' }, answer }) => {
  const whole = answer();
  const [name, items] = Object.entries(whole).find(([, value]) => Array.isArray(value)) ?? [];
  if (!name) return whole;
  if (input[pageToken] === 'next') return { ...whole, [name]: (items as unknown[]).slice(-1) };
  const isFirst = pageToken === 'Marker' ? { IsTruncated: true } : {};
  return { ...whole, [name]: (items as unknown[]).slice(0, -1), [pageToken]: 'next', ...isFirst };
};

/** The same, of which AWS refuses the second. */
export const secondPageDenied: Behaviour = (exchange) => {
  const { input, pageToken = '', action } = exchange.call;
  if (input[pageToken] === 'next') throw troublesOf(action).denied;
  return inPages(exchange);
};
