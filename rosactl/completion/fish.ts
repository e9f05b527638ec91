import { type Flag, globalFlags, type Noun, type Place, valueFlags } from './places.ts';

const quoted = (text: string): string => `'${text.replaceAll(/[\\']/g, String.raw`\$&`)}'`;

function nounLine({ path }: Place, { word, description }: Noun): string {
  return `complete -c rosactl -n ${quoted(`__rosactl_is "${path}"`)} -a ${word} -d ${quoted(description)}`;
}

function valueWords({ takesValue, isFile, choices }: Flag): string {
  if (!takesValue) return '';
  if (isFile) return ' -r -F';
  return choices.length > 0 ? ` -x -a ${quoted(choices.join(' '))}` : ' -x';
}

/** @param condition says where the flag may be given; empty: everywhere */
function flagLine(flag: Flag, condition = ''): string {
  const { word, description } = flag;
  return `complete -c rosactl${condition} -l ${word.slice(2)}${valueWords(flag)} -d ${quoted(description)}`;
}

function linesOf(place: Place): string[] {
  const { path, nouns, flags } = place;
  const condition = ` -n ${quoted(`__rosactl_${path ? 'under' : 'is'} "${path}"`)}`;
  return [...nouns.map((noun) => nounLine(place, noun)), ...flags.map((flag) => flagLine(flag, condition))];
}

/** The completion of fish. */
export function fishScript(places: readonly Place[]): string {
  return `# fish completion of rosactl, printed by "rosactl completion fish"
function __rosactl_typed --description 'The words so far that are no flags and no values of flags'
  set -l typed
  set -l skip no
  for word in (commandline -opc)[2..]
    if test $skip = yes
      set skip no
      continue
    end
    switch $word
      case ${valueFlags(places).join(' ')}
        set skip yes
      case '-*'
      case '*'
        set -a typed $word
    end
  end
  echo "$typed"
end
function __rosactl_is
  set -l typed (__rosactl_typed)
  test "$typed" = "$argv[1]"
end
function __rosactl_under
  string match -q -- "$argv[1] *" (__rosactl_typed)" "
end
complete -c rosactl -f
${places.flatMap(linesOf).join('\n')}
${globalFlags.map((flag) => flagLine(flag)).join('\n')}
`;
}
