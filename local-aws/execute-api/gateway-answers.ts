import type { AwsResponse } from '../aws-errors.ts';

/** A refusal of API Gateway's own. Its name goes out as `x-amzn-errortype`. */
export class GatewayRefusal extends Error {
  override name = 'GatewayRefusal';
  readonly status: number;
  readonly type: string;
  readonly body: Record<string, string>;

  constructor(status: number, type: string, message: string, body: Record<string, string> = { message }) {
    super(message);
    this.status = status;
    this.type = type;
    this.body = body;
  }

  /** As it is written to the client. */
  get answer(): AwsResponse {
    const headers = { 'content-type': 'application/json', 'x-amzn-errortype': this.type };
    return { status: this.status, headers, body: JSON.stringify(this.body) };
  }
}

/**
 * API Gateway's own answers, in its words.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
export const refusals = {
  forbidden: () => new GatewayRefusal(403, 'ForbiddenException', 'Forbidden'),
  missingToken: () =>
    new GatewayRefusal(403, 'MissingAuthenticationTokenException', 'Missing Authentication Token'),
  badSignature: (message: string) => new GatewayRefusal(403, 'InvalidSignatureException', message),
  incompleteSignature: (message: string) => new GatewayRefusal(403, 'IncompleteSignatureException', message),
  unknownToken: () =>
    new GatewayRefusal(
      403,
      'UnrecognizedClientException',
      'The security token included in the request is invalid.',
    ),
  expiredToken: () =>
    new GatewayRefusal(403, 'ExpiredTokenException', 'The security token included in the request is expired'),
  // The one answer with a capital: it is IAM's, not the gateway's.
  denied: (message: string) =>
    new GatewayRefusal(403, 'AccessDeniedException', message, { Message: message }),
  tooLarge: () => new GatewayRefusal(413, 'RequestEntityTooLargeException', 'Request Too Long'),
  failed: () => new GatewayRefusal(502, 'InternalServerErrorException', 'Internal server error'),
  timedOut: () => new GatewayRefusal(504, 'InternalServerErrorException', 'Endpoint request timed out'),
};
