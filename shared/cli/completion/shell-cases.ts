import type { Flag, Place } from './places.ts';

/** How a shell offers what it has been given. */
interface Offers {
  offer(choices: string): string;
  files: string;
}

function valueCase({ word, isFile, choices }: Flag, { offer, files }: Offers): string {
  return `        ${word}) ${isFile ? files : offer(choices.join(' '))}; return ;;`;
}

/** A `case` of bash or zsh on the word before: what follows a flag that takes a value, if anything can be known. */
export function valueCases(flags: readonly Flag[], offers: Offers): string {
  const withValue = flags.filter(({ takesValue }) => takesValue);
  const isKnown = ({ isFile, choices }: Flag): boolean => isFile || choices.length > 0;
  const known = withValue.filter(isKnown).map((flag) => valueCase(flag, offers));
  const others = withValue.filter((flag) => !isKnown(flag)).map(({ word }) => word);
  const unknown = others.length > 0 ? [`        ${others.join(' | ')}) return ;;`] : [];
  if (withValue.length === 0) return '';
  return ['', '      case "$previous" in', ...known, ...unknown, '      esac'].join('\n');
}

/** `create cluster` before `create`, whose pattern fits it too. */
export const longestFirst = (places: readonly Place[]): Place[] =>
  places.toSorted((one, other) => other.path.length - one.path.length);
