import { type CommandLine, type Flag, type Noun, type Place, valueFlags } from './places.ts';

const quoted = (text: string): string => `'${text.replaceAll(/[\\']/g, String.raw`\$&`)}'`;

function nounLine(tool: string, { path }: Place, { word, description }: Noun): string {
  return `complete -c ${tool} -n ${quoted(`__${tool}_is "${path}"`)} -a ${word} -d ${quoted(description)}`;
}

function valueWords({ takesValue, isFile, choices }: Flag): string {
  if (!takesValue) return '';
  if (isFile) return ' -r -F';
  return choices.length > 0 ? ` -x -a ${quoted(choices.join(' '))}` : ' -x';
}

/** @param condition says where the flag may be given; empty: everywhere */
function flagLine(tool: string, flag: Flag, condition = ''): string {
  const { word, description } = flag;
  return `complete -c ${tool}${condition} -l ${word.slice(2)}${valueWords(flag)} -d ${quoted(description)}`;
}

function linesOf(tool: string, place: Place): string[] {
  const { path, nouns, flags } = place;
  const condition = ` -n ${quoted(`__${tool}_${path ? 'under' : 'is'} "${path}"`)}`;
  return [
    ...nouns.map((noun) => nounLine(tool, place, noun)),
    ...flags.map((flag) => flagLine(tool, flag, condition)),
  ];
}

/** The completion of fish. */
export function fishScript(line: CommandLine): string {
  const { tool, places, globalFlags } = line;
  return `# fish completion of ${tool}, printed by "${tool} completion fish"
function __${tool}_typed --description 'The words so far that are no flags and no values of flags'
  set -l typed
  set -l skip no
  for word in (commandline -opc)[2..]
    if test $skip = yes
      set skip no
      continue
    end
    switch $word
      case ${valueFlags(line).join(' ')}
        set skip yes
      case '-*'
      case '*'
        set -a typed $word
    end
  end
  echo "$typed"
end
function __${tool}_is
  set -l typed (__${tool}_typed)
  test "$typed" = "$argv[1]"
end
function __${tool}_under
  string match -q -- "$argv[1] *" (__${tool}_typed)" "
end
complete -c ${tool} -f
${places.flatMap((place) => linesOf(tool, place)).join('\n')}
${globalFlags.map((flag) => flagLine(tool, flag)).join('\n')}
`;
}
