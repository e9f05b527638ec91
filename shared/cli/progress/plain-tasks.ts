import type { Tasks } from '../../tasks.ts';

/** Tasks as plain lines, for a log or a pipe: one when a task begins, one for each detail, one when it ends. */
export const plainTasks = (write: (text: string) => void): Tasks => ({
  run: async (title, work) => {
    write(`${title} ...\n`);
    try {
      const value = await work((detail) => write(`  ${detail}\n`));
      write(`✔ ${title}\n`);
      return value;
    } catch (error) {
      write(`✖ ${title}\n`);
      throw error;
    }
  },
});
