type Send = (args: object) => Promise<object>;

interface SdkClient {
  middlewareStack: {
    add(
      middleware: (next: Send, context: { commandName: string }) => Send,
      options: { step: string; priority: string; name: string },
    ): void;
  };
}

/** What one looks at, and may upset, of the calls of an SDK client. */
export interface ObservedClient {
  /** The requests that were sent, retries included, such as `GetItem`; in order, since `clear`. */
  sent: string[];
  /** How often each was sent. */
  counts(): Record<string, number>;
  clear(): void;
  /**
   * Loses the answers of the next requests of that name: AWS has done what was asked for, and the SDK learns nothing.
   * @param meanwhile done after the request and before the SDK tries again
   */
  loseAnswer(request: string, times?: number, meanwhile?: () => Promise<unknown>): void;
}

interface Loss {
  request: string;
  meanwhile?: (() => Promise<unknown>) | undefined;
}

/** As the SDK's own handler reports it, which makes the SDK try again. */
const lost = (): Error => Object.assign(new Error('the answer was lost'), { name: 'TimeoutError' });

/** Observes an SDK client from now on. */
export function observed(client: object): ObservedClient {
  const sent: string[] = [];
  const losses: Loss[] = [];
  const observe = (next: Send, { commandName }: { commandName: string }): Send => {
    const request = commandName.replace(/Command$/, '');
    return async (args) => {
      sent.push(request);
      const index = losses.findIndex((loss) => loss.request === request);
      const [loss] = index < 0 ? [] : losses.splice(index, 1);
      if (!loss) return next(args);
      // A refusal is an answer, too.
      await next(args).catch(() => {});
      await loss.meanwhile?.();
      throw lost();
    };
  };
  // Each attempt passes here: the SDK tries again further out in the same step.
  const eachTime = { step: 'finalizeRequest', priority: 'low', name: 'observeAttempts' };
  (client as SdkClient).middlewareStack.add(observe, eachTime);
  return {
    sent,
    counts: () => Object.fromEntries(sent.map((name) => [name, sent.filter((one) => one === name).length])),
    clear: () => sent.splice(0),
    loseAnswer: (request, times = 1, meanwhile) => {
      losses.push(...Array.from({ length: times }, () => ({ request, meanwhile })));
    },
  };
}
