import { isChange } from './aws-actions.ts';
import { AwsError } from './aws-errors.ts';
import { ControlError } from './control-error.ts';

/** What to do to calls: of one action, or with `changes` of every action that changes something. */
export type Fault = {
  service?: string;
  action?: string;
  changes?: true;
  /** Only calls that this function makes; the others neither meet the fault nor count. */
  function?: string;
  /** Only calls whose path has this in it, such as a part of the ARN of a function that is invoked. */
  target?: string;
  error?: { code: string; status: number; message: string };
  latencyMs?: number;
  /** `crash`: the call takes effect, and the function that made it is killed before it has the answer. */
  effect?: 'crash';
  /** How many such calls pass before the first that meets it. */
  after?: number;
  /** How many calls meet it; without it, all until it is cleared. */
  times?: number;
};

/** A call, and the function that makes it if one does. */
type Call = { service: string; action: string; path?: string; function?: string };

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isCount = (value: unknown): value is number => Number.isInteger(value) && (value as number) > 0;

function readError(given: unknown): Fault['error'] {
  if (given === undefined) return undefined;
  const { code, status, message } = (given ?? {}) as Record<string, unknown>;
  if (!isText(code) || !isCount(status) || !isText(message) || status < 400 || status > 599) {
    throw new ControlError('a fault\'s "error" needs "code", "message" and a "status" from 400 to 599');
  }
  return { code, status, message };
}

type Calls = Pick<Fault, 'service' | 'action' | 'changes' | 'function' | 'target'>;

function readCalls({ service, action, changes, function: name, target }: Record<string, unknown>): Calls {
  if (name !== undefined && !isText(name))
    throw new ControlError('"function" must be the name of a function');
  if (target !== undefined && !isText(target)) throw new ControlError('"target" must be a part of a path');
  const narrowed = { function: name, target };
  if (changes === true && service === undefined && action === undefined) return { changes, ...narrowed };
  if (!isText(service) || !isText(action) || changes !== undefined) {
    throw new ControlError(
      'a fault needs "service" and "action", for example "ec2" and "DescribeVpcs", or else "changes": true',
    );
  }
  return { service, action, ...narrowed };
}

const COUNTS: Record<string, string> = {
  latencyMs: 'give a whole number of milliseconds',
  times: 'give a whole number from 1, or leave it out',
  after: 'give a whole number from 1, or leave it out',
};

function readCounts(body: Record<string, unknown>): Pick<Fault, 'latencyMs' | 'times' | 'after'> {
  for (const [name, advice] of Object.entries(COUNTS)) {
    const value = body[name];
    if (value !== undefined && !isCount(value))
      throw new ControlError(`"${name}" is ${JSON.stringify(value)}; ${advice}`);
  }
  return body;
}

function readEffect(effect: unknown, error: Fault['error']): Fault['effect'] {
  if (effect === undefined) return undefined;
  if (effect !== 'crash')
    throw new ControlError(`"effect" is ${JSON.stringify(effect)}; the only one is "crash"`);
  if (error) throw new ControlError('a fault with the effect "crash" has no "error": nobody would read it');
  return effect;
}

/** Checks the body of `POST /_local-aws/faults`. @throws ControlError saying which field is wrong. */
export function readFault(body: unknown): Fault {
  const given = (body ?? {}) as Record<string, unknown>;
  const calls = readCalls(given);
  const { latencyMs, times, after } = readCounts(given);
  const error = readError(given.error);
  const effect = readEffect(given.effect, error);
  if (!error && latencyMs === undefined && !effect) {
    throw new ControlError('a fault needs "error", "latencyMs" or "effect"; otherwise it would do nothing');
  }
  return { ...calls, error, latencyMs, effect, after, times };
}

function isFor(fault: Fault, call: Call): boolean {
  // Only a function can be killed.
  if ((fault.effect === 'crash' || fault.function) && !call.function) return false;
  if (fault.function && fault.function !== call.function) return false;
  if (fault.target && !decodeURIComponent(call.path ?? '').includes(fault.target)) return false;
  if (fault.changes) return isChange(call.service, call.action);
  return fault.service === call.service && fault.action === call.action;
}

/** Counts a call that a fault is for. @returns whether it only passes */
function passes(fault: Fault): boolean {
  if (!fault.after) return false;
  fault.after -= 1;
  return true;
}

/** The faults in force, oldest first; for one call the oldest that matches counts. */
export class FaultBook {
  #faults: Fault[] = [];

  add(fault: Fault): void {
    this.#faults.push({ ...fault });
  }

  list(): readonly Fault[] {
    return this.#faults;
  }

  clear(): void {
    this.#faults = [];
  }

  /** The fault this call meets, counted as used once; `undefined` when there is none. */
  take(call: Call): Fault | undefined {
    const fault = this.#faults.find((candidate) => isFor(candidate, call) && !passes(candidate));
    if (fault?.times !== undefined) {
      fault.times -= 1;
      if (fault.times === 0) this.#faults = this.#faults.filter((candidate) => candidate !== fault);
    }
    return fault;
  }
}

/** Waits as long as the fault says and then throws its error, if it has one. */
export async function suffer(fault: Fault | undefined): Promise<void> {
  if (fault?.latencyMs) await new Promise((resolve) => setTimeout(resolve, fault.latencyMs));
  if (fault?.error) throw new AwsError(fault.error.code, fault.error.status, fault.error.message);
}
