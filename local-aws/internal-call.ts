import { AwsError } from './aws-errors.ts';
import { describeRequest } from './aws-request.ts';
import type { Enforcer } from './iam/enforce.ts';
import type { Moto } from './moto.ts';

/** A JSON call that a simulated service makes itself, on behalf of a role. */
type JsonCall = {
  service: string;
  target: string;
  region: string;
  accessKeyId: string;
  body: unknown;
};

/** Makes the call and gives back its HTTP status; a refused one is a status too. */
export type InternalCall = (call: JsonCall) => Promise<number>;

/**
 * Calls moto with a role's key, judged by that role's policies like a call from outside, but neither counted nor
 * hit by faults: nobody outside made it.
 */
export function internalCaller(moto: Moto, enforcer: Enforcer): InternalCall {
  return async ({ service, target, region, accessKeyId, body }) => {
    const headers = {
      authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260101/${region}/${service}/aws4_request`,
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': target,
    };
    const text = JSON.stringify(body);
    const request = describeRequest({ method: 'POST', url: '/', headers, body: Buffer.from(text) });
    try {
      await enforcer.authorize(request, await enforcer.identify(request));
    } catch (error) {
      if (error instanceof AwsError) return error.status;
      throw error;
    }
    const response = await fetch(`http://127.0.0.1:${moto.ready.port}/`, {
      method: 'POST',
      headers,
      body: text,
    });
    await response.arrayBuffer();
    return response.status;
  };
}
