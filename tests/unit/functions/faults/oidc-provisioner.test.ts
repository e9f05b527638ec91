import { describe, expect, it } from '@jest/globals';
import type { OidcProvider } from '../../../../functions/oidc-provisioner/oidc-providers.ts';
import { captureOutput } from '../../../support/captured-output.ts';
import { arn, thumbprint } from '../../../support/fakes/oidc-providers.ts';
import { type Behaviour, Refusal } from '../../../support/wire/fake-aws.ts';
import {
  always,
  atFirst,
  fieldsOf,
  hangs,
  noBytes,
  nothingInIt,
  proxyPage,
  timeout,
  troublesOf,
  without,
} from '../../../support/wire/faults.ts';
import { provisionerOnWire } from '../../../support/wire/provider-on-wire.ts';

const request = {
  issuer_url: 'https://oidc.example.com/2f3a1c7e',
  cluster_id: '2f3a1c7e',
  thumbprint,
};

const wanted: OidcProvider = {
  thumbprints: [thumbprint],
  clientIds: ['openshift', 'sts.amazonaws.com'],
  tags: { 'red-hat-managed': 'true', rosa_cluster_id: '2f3a1c7e' },
};

/** A provider of somebody else's making, which lacks something of every kind. */
const incomplete: OidcProvider = {
  thumbprints: ['a'.repeat(40)],
  clientIds: ['openshift', 'mine'],
  tags: { owner: 'me' },
};

const completed: OidcProvider = {
  thumbprints: [thumbprint, 'a'.repeat(40)],
  clientIds: ['openshift', 'mine', 'sts.amazonaws.com'],
  tags: { ...incomplete.tags, ...wanted.tags },
};

const provisioner = await provisionerOnWire();

/** What comes of a request when there is such a provider and the calls of one action are touched. */
async function outcome(
  present: OidcProvider | undefined,
  touched?: [action: string, Behaviour],
  remainingMs?: number,
) {
  const { aws } = provisioner;
  provisioner.stored = present;
  const [action, behaviour] = touched ?? [];
  aws.behave((exchange) =>
    behaviour && exchange.call.action === action ? behaviour(exchange) : exchange.answer(),
  );
  const output = captureOutput();
  const result = await provisioner
    .provision(request, remainingMs)
    .catch((error: Error) => error)
    .finally(output.restore);
  return { result, stored: provisioner.stored, called: aws.calls.map((call) => call.action) };
}

/** What an operation keeps back of the invocation's time for its answer: shared/operation/within-time.ts */
const keptBackMs = 1_000;

/** The first call is carried out, and nobody hears of it. */
function lostOnce(): Behaviour {
  let calls = 0;
  return ({ answer }) => {
    calls += 1;
    const output = answer();
    if (calls === 1) throw timeout();
    return output;
  };
}

const situations = [
  { title: 'without a provider', present: undefined, left: wanted, status: 'created' },
  { title: 'with an incomplete provider', present: incomplete, left: completed, status: 'updated' },
];

const rows: ((typeof situations)[number] & { actions: string[] })[] = [];
for (const situation of situations) {
  const { called } = await outcome(situation.present);
  rows.push({ ...situation, actions: [...new Set(called)] });
}

describe.each(rows)('$title', ({ present, left, status, actions }) => {
  it('the provisioner leaves what is wanted and says what it did', async () => {
    const { result, stored } = await outcome(present);
    expect(result).toMatchObject({ oidc_provider_arn: arn, status });
    expect(stored).toEqual(left);
  });

  describe.each(actions)('when %s', (action) => {
    const { denied, throttled, broken } = troublesOf(action);

    it.each([
      ['is denied', denied, 'AccessDeniedError'],
      ['is throttled for ever', throttled, 'ThrottledError'],
      ['fails for ever', broken, 'DependencyError'],
      ['is answered by a proxy', proxyPage(), 'DependencyError'],
      ['gets no answer', timeout(), 'DependencyError'],
      [
        'finds another change under way for ever',
        new Refusal('ConcurrentModification', 409),
        'DependencyError',
      ],
    ])('%s, it fails by name, and the same request finishes what was begun', async (_, error, name) => {
      const { result, stored } = await outcome(present, [action, always(() => error)]);
      expect(result).toMatchObject({ name, message: expect.stringContaining(action) });
      const again = await outcome(stored);
      expect(again.result).toMatchObject({ oidc_provider_arn: arn, status });
      expect(again.stored).toEqual(left);
    });

    it('is throttled, fails and gets no answer, one after the other, it ends as if nothing had been', async () => {
      const { result, stored } = await outcome(present, [action, atFirst(throttled, broken, timeout())]);
      expect(result).toMatchObject({ status });
      expect(stored).toEqual(left);
    });

    it('finds another change under way at first, it ends as if nothing had been', async () => {
      const busy = new Refusal('ConcurrentModification', 409);
      const { result, stored } = await outcome(present, [action, atFirst(busy, busy)]);
      expect(result).toMatchObject({ status });
      expect(stored).toEqual(left);
    });

    it('hangs, it fails by name before the deadline', async () => {
      const { result } = await outcome(present, [action, hangs], keptBackMs + 1);
      expect(result).toMatchObject({
        name: 'DependencyError',
        message: expect.stringContaining('send the same request again'),
      });
    });

    it('is carried out and its answer is lost, the provider is whole in the end', async () => {
      const { result, stored } = await outcome(present, [action, lostOnce()]);
      expect(result).toMatchObject({ oidc_provider_arn: arn });
      expect(stored).toEqual(left);
    });
  });
});

/** Whether a provider has all of another one. */
const holds = (provider: OidcProvider | undefined, other: OidcProvider): boolean =>
  other.thumbprints.every((one) => provider?.thumbprints.includes(one)) &&
  other.clientIds.every((one) => provider?.clientIds.includes(one)) &&
  Object.entries(other.tags).every(([key, value]) => provider?.tags[key] === value);

describe('when the answer about a provider that is there', () => {
  const action = 'iam:GetOpenIDConnectProvider';

  it.each([
    ['has nothing in it', nothingInIt],
    ['has no bytes', always(noBytes)],
  ])('%s, the provisioner fails by name and changes nothing', async (_, behaviour) => {
    const { result, stored } = await outcome(incomplete, [action, behaviour]);
    expect(result).toMatchObject({ name: 'DependencyError', message: expect.stringContaining(action) });
    expect(stored).toEqual(incomplete);
  });

  const answer = {
    Url: 'x',
    ThumbprintList: incomplete.thumbprints,
    ClientIDList: incomplete.clientIds,
    Tags: [{ Key: 'owner', Value: 'me' }],
  };

  it.each(fieldsOf(answer).map((path) => ({ path })))(
    'lacks $path, it takes nothing away, and says that it is done only when it is',
    async ({ path }) => {
      const { result, stored } = await outcome(incomplete, [
        action,
        (exchange) => without(exchange.answer(), path),
      ]);
      expect(holds(stored, incomplete)).toBe(true);
      if (result instanceof Error) expect(result.name).toBe('DependencyError');
      else expect(holds(stored, wanted)).toBe(true);
    },
  );
});
