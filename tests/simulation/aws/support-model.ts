import type { SupportCase, SupportCases } from '../../../accounts/aws/support-cases.ts';
import type { Call } from '../engine/attempt.ts';
import type { AwsSettings } from './settings.ts';
import { Eventual, type Spreading } from './spreading.ts';

interface StoredCase {
  id: string;
  subject: string;
  openedAt: Date;
  resolvedAt: Date;
  isShown: Eventual<boolean>;
}

const hourMs = 3_600_000;

/** AWS Support, where somebody resolves each case in the end. */
export class SupportModel {
  readonly #spreading: Spreading;
  readonly #settings: AwsSettings;
  readonly #cases: StoredCase[] = [];

  constructor(spreading: Spreading, settings: AwsSettings) {
    this.#spreading = spreading;
    this.#settings = settings;
  }

  /** In truth: the subjects of all cases, as often as one was opened. */
  get subjects(): string[] {
    return this.#cases.map(({ subject }) => subject);
  }

  port(call: Call): SupportCases {
    const seen = () => this.#cases.filter(({ isShown }) => isShown.seen());
    return {
      open: ({ subject }) => call('support:CreateCase', () => this.#open(subject)),
      findBySubject: (subject, since) =>
        call('support:DescribeCases', () => {
          const found = seen().findLast((one) => one.subject === subject && one.openedAt >= since);
          return found && this.#shown(found);
        }),
      get: (id) =>
        call('support:DescribeCases', () => {
          const found = seen().find((one) => one.id === id);
          return found && this.#shown(found);
        }),
    };
  }

  #open(subject: string): Awaited<ReturnType<SupportCases['open']>> {
    const { random, now } = this.#spreading;
    const since = now().getTime() - hourMs;
    const ofLate = this.#cases.filter(({ openedAt }) => openedAt.getTime() > since);
    if (ofLate.length >= this.#settings.casesPerHour) return { outcome: 'limit', said: 'too many cases' };
    const isShown = new Eventual(this.#spreading, false);
    isShown.set(true);
    const resolvedAt = this.#spreading.after(random.between(...this.#settings.caseSeconds));
    const id = `case-${random.text(16)}`;
    this.#cases.push({ id, subject, openedAt: now(), resolvedAt, isShown });
    return { outcome: 'opened', id };
  }

  #shown({ id, resolvedAt }: StoredCase): SupportCase {
    return { id, status: this.#spreading.now() >= resolvedAt ? 'resolved' : 'work-in-progress' };
  }
}
