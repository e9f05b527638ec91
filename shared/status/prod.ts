import type { CompareAspect, Drift } from './drift.ts';
import { isUnread } from './reading.ts';

const setUpAgain = 'rosactl setup-account';

/** `prod` is what the platform invokes, so it has to be there. */
export const prodDrift: CompareAspect = ({ name, versions, aliases }) => {
  if (isUnread(versions) || versions === undefined || isUnread(aliases.prod) || aliases.prod) return [];
  const message = `prod of ${name} does not exist, so the platform cannot invoke it`;
  return [{ aspect: 'function', message, next: setUpAgain }];
};

/**
 * A version freezes its settings, the role among them. When `prod` runs the code that is deployed, its settings have
 * to be those that are deployed as well; others were published while somebody had changed them.
 */
export const frozenDrift: CompareAspect = ({ name, versions, aliases }): Drift[] => {
  if (isUnread(versions) || isUnread(aliases.prod)) return [];
  const at = (version: string | undefined) => versions?.find((one) => one.version === version);
  const [prod, latest] = [at(aliases.prod?.version), at('$LATEST')];
  if (!prod || !latest || prod.codeSha256 !== latest.codeSha256 || prod.settings === latest.settings) {
    return [];
  }
  const message = `version ${prod.version} of ${name}, which prod runs, has other settings than those that are deployed`;
  return [{ aspect: 'settings', message, next: setUpAgain }];
};
