import type { Call } from '../engine/attempt.ts';

/** As people do things: at once, and without trouble. */
export const byHand: Call = async (_, effect) => effect();
