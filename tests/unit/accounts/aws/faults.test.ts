import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import type { Behaviour } from '../../../support/wire/fake-aws.ts';
import {
  always,
  atFirst,
  fieldsOf,
  inPages,
  noBytes,
  nothingInIt,
  type Path,
  proxyPage,
  secondPageDenied,
  timeout,
  troublesOf,
  without,
} from '../../../support/wire/faults.ts';
import { type PortUse, portUses } from '../../../support/wire/port-uses.ts';
import { type PortsOnWire, portsOnWire } from '../../../support/wire/ports-on-wire.ts';

/** An action that a use of a port calls, with what is answered. */
interface Called {
  action: string;
  isPaged: boolean;
  fields: Path[];
}

/** The ports, on which each use was made once: what is done only once has been done. */
async function readyFor(use: PortUse): Promise<PortsOnWire> {
  const wire = portsOnWire();
  await use.run(wire);
  return wire;
}

/** What a use calls, and may get. */
async function callsOf(use: PortUse, wire: PortsOnWire): Promise<Called[]> {
  const called = new Map<string, Called>();
  wire.aws.behave(({ call: { action, pageToken }, answer }) => {
    const output = answer();
    const isPaged = !!pageToken && !use.singles?.includes(action);
    called.set(action, { action, isPaged, fields: fieldsOf(output) });
    return output;
  });
  await use.run(wire);
  return [...called.values()];
}

const rows: { title: string; use: PortUse; wire: PortsOnWire; called: Called[] }[] = [];
for (const use of portUses) {
  const wire = await readyFor(use);
  rows.push({ title: use.title, use, wire, called: await callsOf(use, wire) });
}

const nameOf = (action: string, path: Path): string =>
  `${action} ${path.filter((key) => typeof key === 'string').join('.')}`;

describe.each(rows)('$title', ({ use, wire, called }) => {
  it('is what AWS says', async () => {
    wire.aws.behave();
    expect(await use.run(wire)).toEqual(use.gives);
    expect(called.length).toBeGreaterThan(0);
  });

  describe.each(called)('when $action', ({ action, isPaged, fields }) => {
    const { denied, throttled, broken } = troublesOf(action);
    const touched = (behaviour: Behaviour): Promise<unknown> => {
      wire.aws.behave((exchange) =>
        exchange.call.action === action ? behaviour(exchange) : exchange.answer(),
      );
      return use.run(wire).catch((error: unknown) => error);
    };

    it('is denied, says which action it is that is not allowed', async () => {
      const error = { name: 'AwsCallError', action, failure: 'denied' };
      expect(await touched(always(() => denied))).toMatchObject(use.instead?.denied ?? error);
    });

    it('is throttled for ever, says so', async () => {
      const error = { name: 'AwsCallError', action, failure: 'throttled' };
      expect(await touched(always(() => throttled))).toMatchObject(use.instead?.throttled ?? error);
    });

    it.each([
      ['fails', broken],
      ['is answered by a proxy', proxyPage()],
      ['gets no answer', timeout()],
    ])('%s for ever, says that AWS is not available', async (_, error) => {
      const expected = { name: 'AwsCallError', action, failure: 'unavailable' };
      expect(await touched(always(() => error))).toMatchObject(expected);
    });

    if (use.once?.includes(action)) {
      it('gets no answer, it is not asked again', async () => {
        expect(await touched(atFirst(timeout()))).toMatchObject({ failure: 'unavailable' });
        expect(wire.aws.calls.filter((call) => call.action === action)).toHaveLength(1);
      });
    } else {
      it('is throttled, fails and gets no answer, one after the other, it is asked until it answers', async () => {
        expect(await touched(atFirst(throttled, broken, timeout()))).toEqual(use.gives);
      });
    }

    it('gives an answer without one of its fields, it is not taken for another one', async () => {
      const misled: string[] = [];
      for (const path of fields) {
        const name = nameOf(action, path);
        const outcome = await touched(({ answer }) => without(answer(), path));
        const isHonest =
          outcome instanceof Error || isDeepStrictEqual(outcome, use.gives) || use.meaningful?.test(name);
        if (!isHonest) misled.push(`${name}: ${JSON.stringify(outcome)}`);
      }
      expect(misled).toEqual([]);
    });

    if (fields.length > 0 && use.gives !== undefined) {
      it.each([
        ['nothing in it', nothingInIt],
        ['no bytes', always(noBytes)],
      ])('gives an answer with %s, it is an error, or nothing was to be in it', async (_, behaviour) => {
        const outcome = await touched(behaviour);
        expect(outcome instanceof Error || isDeepStrictEqual(outcome, use.gives)).toBe(true);
      });
    }

    if (!isPaged) return;

    it('comes in pages, it is the same', async () => {
      expect(await touched(inPages)).toEqual(use.gives);
    });

    it('is denied its second page, the first one does not count', async () => {
      expect(await touched(secondPageDenied)).toMatchObject({ action, failure: 'denied' });
    });
  });
});
