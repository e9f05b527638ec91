import { type Fields, objectAt, optionalText } from './fields.ts';
import { plain } from './plain.ts';
import type { Offence } from './platform-api-error.ts';

/** What an error answer says of itself. */
export interface SaidError {
  code: string;
  reason: string;
  offences?: Offence[];
  /** False when API Gateway, or the API for want of such a path, refused it before it was looked at. */
  reachedApi: boolean;
}

/** Kinds of errors name an offence's reason differently. */
function readOffences(value: unknown, reasonField: 'reason' | 'message'): Offence[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.map((offence) => {
    const of = objectAt(offence);
    return {
      field: plain(optionalText(of, 'field') ?? 'request'),
      reason: plain(optionalText(of, reasonField) ?? 'not valid'),
    };
  });
}

/** Codes of the API's router: the version or the path is unknown to it. */
const isRouters = (code: string): boolean => code.startsWith('ROUTE-');

/** `{"kind":"Error","code":"AUTH-006","reason":"…","errors":[{"field":"…","reason":"…"}]}` */
function apiError(body: Fields): SaidError | undefined {
  const code = optionalText(body, 'code');
  if (!code || body.kind !== 'Error') return undefined;
  const reason = plain(optionalText(body, 'reason') ?? 'no reason given');
  const offences = readOffences(body.errors, 'reason');
  return { code: plain(code), reason, offences, reachedApi: !isRouters(code) };
}

/**
 * `{"kind":"Status","code":409,"reason":"Conflict","message":"MC-MGMT-CREATE-005: …","details":{"causes":[…]}}`, the
 * platform's own code in front of the message:
 * https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/
 */
function kubernetesStatus(body: Fields): SaidError | undefined {
  if (body.kind !== 'Status') return undefined;
  const message = optionalText(body, 'message') ?? 'no reason given';
  const [, prefix, rest] = /^([A-Z][A-Z-]*-\d+): (.+)$/s.exec(message) ?? [];
  const code = prefix ?? optionalText(body, 'reason') ?? 'Status';
  const offences = readOffences(objectAt(body, 'details').causes, 'message');
  return { code: plain(code), reason: plain(rest ?? message), offences, reachedApi: !isRouters(code) };
}

/**
 * `{"message":"…"}` or `{"Message":"…"}` of API Gateway, the type of error in a header:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
function gatewayError(body: Fields, headers: Headers): SaidError | undefined {
  const message = optionalText(body, 'message') ?? optionalText(body, 'Message');
  if (!message) return undefined;
  const [code = ''] = (headers.get('x-amzn-errortype') ?? '').split(':');
  return { code: plain(code) || 'ApiGateway', reason: plain(message), reachedApi: false };
}

/** What an error answer says, in whichever of the three known shapes; undefined when it is none of them. */
export function readError(body: unknown, headers: Headers): SaidError | undefined {
  const fields = objectAt(body);
  return apiError(fields) ?? kubernetesStatus(fields) ?? gatewayError(fields, headers);
}
