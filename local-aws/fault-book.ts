import { AwsError } from './aws-errors.ts';

/** What to do to the calls of one action. Without `times` it lasts until cleared. */
export type Fault = {
  service: string;
  action: string;
  error?: { code: string; status: number; message: string };
  latencyMs?: number;
  times?: number;
};

/** A control request that cannot be carried out; the message says what to send instead. */
export class ControlError extends Error {
  override name = 'ControlError';
}

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

/** Checks the body of `POST /_local-aws/faults`. @throws ControlError saying which field is wrong. */
export function readFault(body: unknown): Fault {
  const { service, action, error, latencyMs, times } = (body ?? {}) as Record<string, unknown>;
  if (!isText(service) || !isText(action)) {
    throw new ControlError('a fault needs "service" and "action", for example "ec2" and "DescribeVpcs"');
  }
  if (latencyMs !== undefined && !isCount(latencyMs)) {
    throw new ControlError(
      `"latencyMs" is ${JSON.stringify(latencyMs)}; give a whole number of milliseconds`,
    );
  }
  if (times !== undefined && !isCount(times)) {
    throw new ControlError(
      `"times" is ${JSON.stringify(times)}; give a whole number from 1, or leave it out`,
    );
  }
  if (error === undefined && latencyMs === undefined) {
    throw new ControlError('a fault needs "error", "latencyMs" or both; otherwise it would do nothing');
  }
  return { service, action, error: readError(error), latencyMs, times };
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
  take(service: string, action: string): Fault | undefined {
    const fault = this.#faults.find(
      (candidate) => candidate.service === service && candidate.action === action,
    );
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
