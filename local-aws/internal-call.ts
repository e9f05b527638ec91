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

const headersOf = ({ accessKeyId, region, service, target }: JsonCall) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260101/${region}/${service}/aws4_request`,
  'content-type': 'application/x-amz-json-1.1',
  'x-amz-target': target,
});

/** Calls moto as AWS itself does for an account, asking nobody: the key only tells moto which account. */
export function serviceCaller(moto: Moto): InternalCall {
  return async (call) => {
    const response = await fetch(`http://127.0.0.1:${moto.ready.port}/`, {
      method: 'POST',
      headers: headersOf(call),
      body: JSON.stringify(call.body),
    });
    await response.arrayBuffer();
    return response.status;
  };
}

/**
 * Calls moto with a role's key, judged by that role's policies like a call from outside, but neither counted nor
 * hit by faults: nobody outside made it.
 */
export function internalCaller(moto: Moto, enforcer: Enforcer): InternalCall {
  const send = serviceCaller(moto);
  return async (call) => {
    const body = Buffer.from(JSON.stringify(call.body));
    const request = describeRequest({ method: 'POST', url: '/', headers: headersOf(call), body });
    try {
      await enforcer.authorize(request, await enforcer.identify(request));
    } catch (error) {
      if (error instanceof AwsError) return error.status;
      throw error;
    }
    return send(call);
  };
}
