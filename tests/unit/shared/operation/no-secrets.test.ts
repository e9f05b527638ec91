import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { captureOutput } from '../../../support/captured-output.ts';
import { networkOnWire, preflightOnWire } from '../../../support/wire/checker-on-wire.ts';
import { Refusal } from '../../../support/wire/fake-aws.ts';
import { always } from '../../../support/wire/faults.ts';
import { preflightRequest } from '../../../support/wire/healthy-account.ts';
import { networkRequest } from '../../../support/wire/healthy-network.ts';
import { provisionerOnWire } from '../../../support/wire/provider-on-wire.ts';

let output: ReturnType<typeof captureOutput>;
beforeEach(() => {
  output = captureOutput();
});
afterEach(() => output.restore());

const secrets = [
  'ASIAIOSFODNN7EXAMPLE',
  'SECRETTOKEN',
  'AWS4-HMAC',
  'ENCODEDMESSAGE',
  '"Statement"',
  'PolicyDocument',
];

/** Says everything that AWS might say and that belongs into no log. */
const indiscreet = (code: string) =>
  new Refusal(
    code,
    403,
    'ASIAIOSFODNN7EXAMPLE: no. Encoded authorization failure message: ENCODEDMESSAGE x-amz-security-token:SECRETTOKEN {"Version":"1","Statement":[]} The Canonical String for this request should have been AWS4-HMAC-SHA256 SECRETTOKEN',
  );

const oidcRequest = { issuer_url: 'https://oidc.example.com/2f3a1c7e', cluster_id: '2f3a1c7e' };
const provider = await provisionerOnWire();
const preflight = await preflightOnWire();
const network = await networkOnWire();
const operations = [
  ['oidc-provisioner', provider.aws, () => provider.provision(oidcRequest)],
  ['preflight-checker', preflight.aws, () => preflight.invoke(preflightRequest)],
  ['network-verifier', network.aws, () => network.invoke({ ...networkRequest, include_topology: true })],
] as const;

/** Whatever a run prints and answers, or fails with. */
async function everythingOf(invoke: () => Promise<object>): Promise<string> {
  const answer = await invoke().catch((error: Error) => `${error.name} ${error.message} ${error.stack}`);
  return output.text() + JSON.stringify(answer);
}

describe.each(operations)('%s', (name, aws, invoke) => {
  it('prints and answers no secret and no policy, when all goes well', async () => {
    const text = await everythingOf(invoke);
    expect(text).toContain(`"operation":"${name}"`);
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
  });

  it.each([
    ['SignatureDoesNotMatch', 'SignatureDoesNotMatch'],
    ['AccessDenied', 'AWS said: (an access key): no. Encoded authorization failure message: (left out'],
  ])('repeats none that AWS puts into an error: %s', async (code, told) => {
    aws.behave(always(() => indiscreet(code)));
    const text = await everythingOf(invoke);
    aws.behave();
    expect(text).toContain(told);
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
  });
});
