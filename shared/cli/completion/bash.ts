import { type CommandLine, type Flag, type Noun, type Place, valueFlags } from './places.ts';
import { longestFirst, valueCases } from './shell-cases.ts';

const wordsOf = (nouns: readonly Noun[]): string => nouns.map(({ word }) => word).join(' ');

const values = (tool: string, flags: readonly Flag[]): string =>
  valueCases(flags, { offer: (choices) => `_${tool}_offer "${choices}"`, files: `_${tool}_files` });

function placeCase(tool: string, { path, nouns, flags }: Place): string {
  const exactly = nouns.length > 0 ? `\n      [[ $typed == "${path}" ]] && nouns="${wordsOf(nouns)}"` : '';
  return `    "${path}" | "${path} "*)${values(tool, flags)}
      flags="${wordsOf(flags)}"${exactly} ;;`;
}

/** The completion of bash, from 3.2 on, which macOS has. */
export function bashScript(line: CommandLine): string {
  const { tool, places, globalFlags } = line;
  return `# bash completion of ${tool}, printed by "${tool} completion bash"
_${tool}_offer() { COMPREPLY=($(compgen -W "$1" -- "$current")); }
_${tool}_files() { compopt -o default 2>/dev/null || COMPREPLY=($(compgen -f -- "$current")); }

_${tool}() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD - 1]}"
  local index word typed="" skip="" nouns="" flags=""
  COMPREPLY=()
  # bash takes the = of --flag=value and the : in a value for words of their own.
  if [[ $current == "=" ]]; then
    current=""
  elif [[ $previous == "=" ]]; then
    previous="\${COMP_WORDS[COMP_CWORD - 2]}"
  fi
  for ((index = 1; index < COMP_CWORD; index++)); do
    word="\${COMP_WORDS[index]}"
    if [[ $word == "=" ]]; then continue; fi
    if [[ $word == :* ]]; then skip=1; continue; fi
    if [[ -n $skip ]]; then skip=""; continue; fi
    case "$word" in
      ${valueFlags(line).join(' | ')}) skip=1 ;;
      -*) ;;
      *) typed+="\${typed:+ }$word" ;;
    esac
  done
${values(tool, globalFlags)}
  case "$typed" in
${longestFirst(places)
  .map((place) => placeCase(tool, place))
  .join('\n')}
  esac
  if [[ $current == -* || -z $nouns ]]; then
    _${tool}_offer "$flags ${wordsOf(globalFlags)}"
  else
    _${tool}_offer "$nouns"
  fi
}
complete -F _${tool} ${tool}
`;
}
