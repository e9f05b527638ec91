/** Says what a task is at, in a few words. */
export type Say = (detail: string) => void;

/** Shows long work to whoever waits for it, one task at a time. The work itself knows nothing of a terminal. */
export interface Tasks {
  /**
   * Does one task and shows how it ended.
   * @param title what is done, such as `Publishing versions`
   * @returns what the work gives; rejects with what it throws
   */
  run<Value>(title: string, work: (say: Say) => Promise<Value>): Promise<Value>;
}

/** Shows nothing. */
export const silentTasks: Tasks = { run: (_title, work) => work(() => {}) };
