import type { InternalCall } from '../internal-call.ts';

/** Where a sandbox's lines go, and the execution role's key they are written with. */
export type LogTarget = { region: string; group: string; stream: string; accessKeyId: string };

/**
 * Writes to CloudWatch Logs as the function's role, as the Lambda service does: a role that may not, leaves no log.
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html
 */
export class FunctionLogs {
  readonly #call: InternalCall;
  readonly #created = new Set<string>();

  constructor(call: InternalCall) {
    this.#call = call;
  }

  /** Resolves when the lines can be read back, or when AWS would have dropped them. */
  async write(target: LogTarget, lines: string[]): Promise<void> {
    const names = { logGroupName: target.group, logStreamName: target.stream };
    const logEvents = lines.map((message) => ({ timestamp: Date.now(), message }));
    if (!this.#created.has(target.stream)) await this.#create(target, names);
    const status = await this.#send(target, 'PutLogEvents', { ...names, logEvents });
    if (status === 200) return;
    // The group or the stream may have been deleted under a sandbox that lives on.
    await this.#create(target, names);
    await this.#send(target, 'PutLogEvents', { ...names, logEvents });
  }

  async #create(target: LogTarget, names: { logGroupName: string; logStreamName: string }): Promise<void> {
    const status = await this.#send(target, 'CreateLogStream', names);
    if (status !== 200) {
      await this.#send(target, 'CreateLogGroup', { logGroupName: names.logGroupName });
      await this.#send(target, 'CreateLogStream', names);
    }
    this.#created.add(target.stream);
  }

  #send({ region, accessKeyId }: LogTarget, action: string, body: unknown): Promise<number> {
    return this.#call({ service: 'logs', target: `Logs_20140328.${action}`, region, accessKeyId, body });
  }
}
