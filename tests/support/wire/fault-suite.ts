import { describe, expect, it } from '@jest/globals';
import { captureOutput } from '../captured-output.ts';
import type { CheckerOnWire, Report, Reported } from './checker-on-wire.ts';
import type { Behaviour } from './fake-aws.ts';
import {
  always,
  atFirst,
  hangs,
  inPages,
  noBytes,
  nothingInIt,
  type Path,
  proxyPage,
  secondPageDenied,
  timeout,
  troublesOf,
  without,
} from './faults.ts';
import { type ActionUse, referenceOf } from './reference.ts';

/** Fields without which an answer means something else, and why. */
interface MeaningfulAbsence {
  /** Matches the action and the field's path, such as `ec2:DescribeSubnets Subnets.Tags`. */
  field: RegExp;
  why: string;
}

/** What is particular to an operation. */
interface Particulars {
  /** The checks it is about; all of them, unless said. Actions that none of them calls are left alone. */
  about?: string[];
  /** A check that waits for every call, so that a hanging one keeps it, too. */
  waitsForAll?: string;
  /** Actions that could be asked for pages, and are asked for one thing by its id. */
  singles: string[];
  meaningful: MeaningfulAbsence[];
}

/** What may become of a check when a value is absent. */
const notDetermined = ['value_absent', 'depends_on_other_check'];

/** What a run keeps back of the invocation's time for its answer: shared/checks/run-checks.ts */
const keptBackMs = 2_000;

const nameOf = (action: string, path: Path): string =>
  `${action} ${path.filter((key) => typeof key === 'string').join('.')}`;

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What a check finds now that it did not find before; a check that falls silent has lost what it should say. */
function changeOf(name: string, before: Report, after: Report): Reported[] | undefined {
  const [was = [], is = []] = [before.get(name), after.get(name)];
  if (same(was, is)) return undefined;
  return is.filter((one) => !was.some((other) => same(one, other)));
}

/** Checks that say something else than before without saying that they could not be determined. */
const misled = (checks: readonly { name: string }[], before: Report, after: Report): string[] =>
  checks.flatMap(({ name }) => {
    const change = changeOf(name, before, after);
    const isHonest =
      !change ||
      (change.length > 0 &&
        change.every(
          ({ status, details }) =>
            status === 'warning' && notDetermined.includes(String(details.reason_code)),
        ));
    return isHonest ? [] : [`${name}: ${change?.map(({ message }) => message)}`];
  });

const internalErrors = (report: Report): Reported[] =>
  [...report.values()].flat().filter(({ details }) => details.reason_code === 'internal_error');

/**
 * The proof that a checking operation stands what AWS may do to any one of its calls: the other checks still report,
 * and the touched ones say what kept them from it. It goes through all calls that a run makes, so that one of a new
 * check is among them at once.
 * @param checker made before the tests, since they are made from what it calls
 */
export async function faultSuite(
  title: string,
  checker: CheckerOnWire,
  particulars: Particulars,
): Promise<void> {
  const output = captureOutput();
  const { healthy, uses } = await referenceOf(checker).finally(output.restore);
  const { aws, checks } = checker;
  const { about = checks.map(({ name }) => name) } = particulars;

  /** Runs with the calls of an action touched. */
  async function reportWith(action: string, behaviour: Behaviour, remainingMs?: number): Promise<Report> {
    aws.touch(action, behaviour);
    const output = captureOutput();
    return checker.report(remainingMs).finally(output.restore);
  }

  /** The checks that take an action, by their entry in the catalogue, and use it in this run. */
  const affectedBy = ({ action, callers }: ActionUse): string[] =>
    checks
      .filter(({ name, actions }) => actions.includes(action) && callers.has(name))
      .map(({ name }) => name);

  /** The findings of all checks, but that these have one each: a warning with such details. */
  const withWarnings = (names: string[], details: object): unknown => {
    const warnings = names.map((check_name) => {
      const finding = { check_name, status: 'warning', details: expect.objectContaining(details) };
      return [check_name, [expect.objectContaining(finding)]] as const;
    });
    return new Map<string, unknown>([...healthy, ...warnings]);
  };

  describe(title, () => {
    it.each(about)('%s has something to say', (name) => {
      expect(healthy.get(name)).toBeDefined();
    });

    const looked = uses.filter(({ callers }) => about.some((name) => callers.has(name)));
    describe.each(looked)('when $action', (use) => {
      const { action, isPaged, fields, callers } = use;
      const affected = affectedBy(use);
      const { denied, throttled, broken } = troublesOf(action);

      it('is denied, the checks that need it name it, and the others find what they find', async () => {
        const report = await reportWith(
          action,
          always(() => denied),
        );
        expect(report).toEqual(
          withWarnings(affected, { reason_code: 'access_denied', missing_action: action }),
        );
        expect(affected.length).toBeGreaterThan(0);
      });

      it.each([
        ['is throttled', throttled, 'throttled'],
        ['fails', broken, 'service_error'],
        ['is answered by a proxy', proxyPage(), 'service_error'],
        ['gets no answer', timeout(), 'service_error'],
      ])('%s for ever, the checks that need it say so', async (_, error, reason_code) => {
        const report = await reportWith(
          action,
          always(() => error),
        );
        const details = { reason_code, error_code: expect.stringMatching(/./) };
        expect(report).toEqual(withWarnings(affected, details));
      });

      it('is throttled, fails and gets no answer, one after the other, it is asked until it answers', async () => {
        expect(await reportWith(action, atFirst(throttled, broken, timeout()))).toEqual(healthy);
      });

      it('hangs, the answer comes before the deadline, and what waits for it is not determined', async () => {
        const waiting = [...callers, ...(particulars.waitsForAll ? [particulars.waitsForAll] : [])];
        // All others are answered without a wait, so they are done before the shortest of timers.
        const report = await reportWith(action, hangs, keptBackMs + 1);
        expect(report).toEqual(withWarnings(waiting, { reason_code: 'deadline_exceeded' }));
      });

      it.each([
        ['nothing in it', nothingInIt],
        ['no bytes', always(noBytes)],
      ])('gives an answer with %s, no check is misled', async (_, behaviour) => {
        const report = await reportWith(action, behaviour);
        expect({ misled: misled(checks, healthy, report), crashed: internalErrors(report) }).toEqual({
          misled: [],
          crashed: [],
        });
      });

      it('gives an answer without one of its fields, no check is misled', async () => {
        const troubles: string[] = [];
        for (const { input, path } of fields) {
          const report = await reportWith(action, ({ call, answer }) =>
            JSON.stringify(call.input) === input ? without(answer(), path) : answer(),
          );
          const name = nameOf(action, path);
          const hasMeaning = particulars.meaningful.some(({ field }) => field.test(name));
          const found = [
            ...(hasMeaning ? [] : misled(checks, healthy, report)),
            ...internalErrors(report).map(({ check_name, message }) => `${check_name}: ${message}`),
          ];
          troubles.push(...found.map((trouble) => `${name} ${path}: ${trouble}`));
        }
        expect(troubles).toEqual([]);
      });

      if (!isPaged || particulars.singles.includes(action)) return;

      it('comes in pages, it says the same', async () => {
        expect(await reportWith(action, inPages)).toEqual(healthy);
      });

      it('is denied its second page, the first one does not count', async () => {
        const report = await reportWith(action, secondPageDenied);
        const paged = withWarnings(affected, { reason_code: 'access_denied', missing_action: action });
        expect(report).toEqual(paged);
      });
    });
  });
}
