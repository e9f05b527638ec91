import type { FieldOffence } from '../../../shared/field-offences.ts';

/** What the test API says to a request; the body goes out as JSON, a text as HTML. */
export interface TestAnswer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

/** An error as the Platform API words it. */
export const refusal = (
  status: number,
  code: string,
  reason: string,
  errors?: FieldOffence[],
): TestAnswer => ({
  status,
  body: { kind: 'Error', code, reason, errors },
});

/** An error as API Gateway words it when it does not let a request through. */
export const gatewayRefusal = (type: string, message: string): TestAnswer => ({
  status: 403,
  body: { message },
  headers: { 'x-amzn-errortype': type },
});
