import { createLogUpdate } from 'log-update';
import type { Tasks } from '../../tasks.ts';
import type { Paint } from '../paint.ts';

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/** Fast enough to look alive, slow enough to be no load. */
const frameMs = 100;

/** From here on the seconds a task has taken are worth showing. */
const slowMs = 2_000;

const elapsed = (since: number): string => {
  const ms = Date.now() - since;
  return ms < slowMs ? '' : ` (${Math.round(ms / 1_000)} s)`;
};

/** Tasks as a list that grows on a terminal: the one at work turns, and shows its latest detail. */
export function liveTasks(stream: NodeJS.WriteStream, paint: Paint): Tasks {
  return {
    run: async (title, work) => {
      const update = createLogUpdate(stream);
      const since = Date.now();
      let detail = '';
      let frame = 0;
      const draw = () => {
        frame = (frame + 1) % frames.length;
        const below = detail && `\n  ${paint('dim', detail)}`;
        update(`${paint('cyan', frames[frame] ?? '')} ${title}${paint('dim', elapsed(since))}${below}`);
      };
      const end = (mark: string) => {
        clearInterval(timer);
        update(`${mark} ${title}${paint('dim', elapsed(since))}`);
        update.done();
      };
      const timer = setInterval(draw, frameMs);
      draw();
      try {
        const value = await work((text) => {
          detail = text;
        });
        end(paint('green', '✔'));
        return value;
      } catch (error) {
        end(paint('red', '✖'));
        throw error;
      }
    },
  };
}
