import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { painter } from '../../../../../shared/cli/paint.ts';
import { liveTasks } from '../../../../../shared/cli/progress/live-tasks.ts';

/** A terminal that keeps what it was sent. */
const terminal = () => {
  const sent: string[] = [];
  const stream = { columns: 80, rows: 24, isTTY: false, write: (text: string) => sent.push(text) > 0 };
  return { stream: stream as unknown as NodeJS.WriteStream, text: () => sent.join('') };
};

let screen: ReturnType<typeof terminal>;

beforeEach(() => {
  jest.useFakeTimers();
  screen = terminal();
});

afterEach(() => {
  jest.useRealTimers();
});

const tasks = (color = false) => liveTasks(screen.stream, painter(color));

describe('a task on a terminal', () => {
  it('turns, shows its latest detail and how long it takes, and ends with a tick', async () => {
    const value = await tasks().run('Deploy', async (say) => {
      say('uploading');
      await jest.advanceTimersByTimeAsync(3_000);
      return 5;
    });
    expect(value).toBe(5);
    expect(screen.text()).toMatch(/⠙ Deploy/);
    expect(screen.text()).toMatch(/⠹ Deploy\n {2}uploading/);
    expect(screen.text()).toMatch(/✔ Deploy \(3 s\)\n[^\n]*$/);
  });

  it('ends with a cross when it fails, and fails', async () => {
    const failing = tasks().run('Deploy', async () => {
      throw new Error('refused');
    });
    await expect(failing).rejects.toThrow('refused');
    expect(screen.text()).toMatch(/✖ Deploy\n[^\n]*$/);
  });

  it.each([
    ['well', async () => {}],
    ['badly', () => Promise.reject(new Error('refused'))],
  ])('stops its timer when it ends %s', async (_how, work) => {
    await tasks()
      .run('Deploy', work)
      .catch(() => {});
    expect(jest.getTimerCount()).toBe(0);
  });

  it('is coloured where colour is wanted', async () => {
    await tasks(true).run('Deploy', async () => {});
    expect(screen.text()).toContain('\u001b[32m✔\u001b[0m Deploy');
  });
});
