import type { APIGatewayProxyEvent } from 'aws-lambda';
import { type Answer, refusal } from './answer.ts';

/** Who signed a request. */
export interface Caller {
  /** 12 digits. */
  accountId: string;
  /** ARN of the user or of the session of a role. */
  arn: string;
}

/** A request as the operations see it. */
export interface ApiRequest {
  caller: Caller;
  /** What stands in the path in the place of `{name}`. */
  parameters: Readonly<Record<string, string>>;
  query: Readonly<Record<string, string>>;
  /** The body, as it was sent. */
  text: string;
}

/**
 * Who signed the request, as API Gateway found out; what headers say of it is anybody's word.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 */
export function callerOf({ requestContext }: APIGatewayProxyEvent): Caller | Answer {
  const { accountId, userArn } = requestContext.identity;
  if (!/^\d{12}$/.test(accountId ?? '')) return refusal(403, 'AUTH-001', 'the request is not signed');
  if (!userArn) return refusal(403, 'AUTH-002', 'the signature names no user or role');
  return { accountId: accountId ?? '', arn: userArn };
}

/** The path after the stage, such as `/api/v1/live`. */
export const pathOf = ({ pathParameters }: APIGatewayProxyEvent): string => `/${pathParameters?.proxy ?? ''}`;

/** The body as text. */
export const textOf = ({ body, isBase64Encoded }: APIGatewayProxyEvent): string =>
  isBase64Encoded ? Buffer.from(body ?? '', 'base64').toString() : (body ?? '');
