import { randomUUID } from 'node:crypto';
import { isChange } from '../aws-actions.ts';
import type { AwsRequest } from '../aws-request.ts';
import { ControlError } from '../control-error.ts';
import { type RunDependencies, runFunction } from '../lambda/run-function.ts';
import { rateMs } from './rate.ts';

/** A rule of EventBridge with a schedule, as moto has it. */
type Rule = {
  accountId: string;
  region: string;
  name: string;
  arn: string;
  expression: string;
  enabled: boolean;
  targets: { arn: string; input?: string | null }[];
};

/** Further than this a timer cannot see: https://nodejs.org/api/timers.html#settimeoutcallback-delay-args */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-run-lambda-schedule.html */
function scheduledEvent({ accountId, region, arn }: Rule) {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: accountId,
    time: `${new Date().toISOString().slice(0, 19)}Z`,
    region,
    resources: [arn],
    detail: {},
  };
}

/** Runs the functions that scheduled rules target: when it is time, and when it is told to. */
export class Schedules {
  readonly #dependencies: RunDependencies;
  readonly #timers = new Map<string, { rule: string; timer: NodeJS.Timeout }>();
  readonly #underWay = new Set<Promise<unknown>>();
  #closed = false;

  constructor(dependencies: RunDependencies) {
    this.#dependencies = dependencies;
  }

  /** Tells of a call that has been carried out: there may be other rules now. */
  async notice({ service, action }: AwsRequest): Promise<void> {
    if ((service === 'events' || service === 'cloudformation') && isChange(service, action))
      await this.#follow();
  }

  list(): Promise<Rule[]> {
    return this.#dependencies.moto.ask<Rule[]>('schedules', {});
  }

  /**
   * Runs the targets of a rule now, whatever its schedule and even if it is disabled.
   * @returns when they have ended
   * @throws ControlError when there is no such rule
   */
  async fire(name: string): Promise<void> {
    const rules = (await this.list()).filter((rule) => rule.name === name || rule.arn === name);
    if (rules.length === 0) throw new ControlError(`there is no rule "${name}" with a schedule`);
    await Promise.all(rules.map((rule) => this.#run(rule)));
  }

  /** Starts nothing more; `ended` tells when what is under way has ended. */
  close(): { ended: Promise<void> } {
    this.#closed = true;
    for (const { timer } of this.#timers.values()) clearInterval(timer);
    return { ended: Promise.all(this.#underWay).then(() => undefined) };
  }

  async #follow(): Promise<void> {
    const rules = new Map(
      (await this.list()).filter(({ enabled }) => enabled).map((rule) => [rule.arn, rule]),
    );
    for (const [arn, { rule, timer }] of this.#timers) {
      if (rule === JSON.stringify(rules.get(arn))) continue;
      clearInterval(timer);
      this.#timers.delete(arn);
    }
    for (const rule of rules.values()) if (!this.#timers.has(rule.arn)) this.#start(rule);
  }

  #start(rule: Rule): void {
    const everyMs = rateMs(rule.expression);
    if (everyMs === undefined || everyMs > LONGEST_TIMER_MS || this.#closed) return;
    const timer = setInterval(() => void this.#run(rule), everyMs);
    timer.unref();
    this.#timers.set(rule.arn, { rule: JSON.stringify(rule), timer });
  }

  async #run(rule: Rule): Promise<void> {
    const running = Promise.all(rule.targets.map((target) => this.#runTarget(rule, target)));
    this.#underWay.add(running);
    await running;
    this.#underWay.delete(running);
  }

  async #runTarget(rule: Rule, { arn, input }: Rule['targets'][number]): Promise<void> {
    if (this.#closed || arn.split(':')[2] !== 'lambda') return;
    const event = input ? JSON.parse(input) : scheduledEvent(rule);
    const service = { name: 'events.amazonaws.com', sourceArn: rule.arn };
    try {
      await runFunction(arn, event, this.#dependencies, service);
    } catch (error) {
      if (!this.#closed) console.error(`The rule ${rule.name} could not run ${arn}:`, error);
    }
  }
}
