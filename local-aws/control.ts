import type { AwsResponse } from './aws-errors.ts';
import type { CallLog } from './call-log.ts';
import { ControlError } from './control-error.ts';
import type { Schedules } from './events/schedules.ts';
import { type FaultBook, readFault } from './fault-book.ts';
import { type QuotaBook, readOverride } from './service-quotas/quota-book.ts';

/** Where tests and people steer the laptop AWS; nothing of AWS's lies below this path. */
export const CONTROL_PATH = '/_local-aws/';

/** What can be steered and looked at. */
export type Controls = { faults: FaultBook; quotas: QuotaBook; calls: CallLog; schedules: Schedules };

type Action = (controls: Controls, body: unknown) => unknown;

function readRule(body: unknown): string {
  const { rule } = (body ?? {}) as Record<string, unknown>;
  if (typeof rule !== 'string' || rule === '')
    throw new ControlError('name the rule to run now as "rule", by its name or its ARN');
  return rule;
}

const ROUTES: Record<string, Action> = {
  'POST faults': ({ faults }, body) => faults.add(readFault(body)),
  'GET faults': ({ faults }) => faults.list(),
  'DELETE faults': ({ faults }) => faults.clear(),
  'PUT quotas': ({ quotas }, body) => quotas.set(readOverride(body)),
  'DELETE quotas': ({ quotas }) => quotas.clear(),
  'GET calls': ({ calls }) => calls.list(),
  'DELETE calls': ({ calls }) => calls.clear(),
  'GET schedules': ({ schedules }) => schedules.list(),
  'POST schedules': ({ schedules }, body) => schedules.fire(readRule(body)),
};

function answer(status: number, body: unknown): AwsResponse {
  const text = body === undefined ? '' : `${JSON.stringify(body, undefined, 2)}\n`;
  return {
    status: body === undefined ? 204 : status,
    headers: { 'content-type': 'application/json' },
    body: text,
  };
}

function parse(body: Buffer): unknown {
  try {
    return body.length > 0 ? JSON.parse(body.toString('utf8')) : undefined;
  } catch (error) {
    throw new ControlError(`the body is not JSON: ${(error as Error).message}`);
  }
}

/** Answers a request below `CONTROL_PATH`: 404 for what is not there, 400 with a sentence for a bad body. */
export async function answerControl(
  controls: Controls,
  method: string,
  path: string,
  body: Buffer,
): Promise<AwsResponse> {
  const route = ROUTES[`${method} ${path.slice(CONTROL_PATH.length)}`];
  if (!route) {
    const known = Object.keys(ROUTES).map((text) => text.replace(' ', ` ${CONTROL_PATH}`));
    return answer(404, { message: `there is no ${method} ${path}; there is ${known.join(', ')}` });
  }
  try {
    return answer(200, await route(controls, parse(body)));
  } catch (error) {
    if (error instanceof ControlError) return answer(400, { message: error.message });
    throw error;
  }
}
