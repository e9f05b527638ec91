import { describe, expect, it } from '@jest/globals';
import { plainTasks } from '../../../../../shared/cli/progress/plain-tasks.ts';

const written = () => {
  const lines: string[] = [];
  return { lines, tasks: plainTasks((text) => void lines.push(text)) };
};

describe('a task in plain lines', () => {
  it('has a line for its beginning, each detail and its end, and gives what the work gives', async () => {
    const { lines, tasks } = written();
    const value = await tasks.run('Publish', async (say) => {
      say('version 1');
      return 5;
    });
    expect(value).toBe(5);
    expect(lines).toEqual(['Publish ...\n', '  version 1\n', '✔ Publish\n']);
  });

  it('shows that it has failed, and fails', async () => {
    const { lines, tasks } = written();
    const failing = tasks.run('Publish', async () => {
      throw new Error('refused');
    });
    await expect(failing).rejects.toThrow('refused');
    expect(lines.at(-1)).toBe('✖ Publish\n');
  });
});
