import { type Flag, globalFlags, type Noun, type Place, valueFlags } from './places.ts';
import { longestFirst, valueCases } from './shell-cases.ts';

const wordsOf = (nouns: readonly Noun[]): string => nouns.map(({ word }) => word).join(' ');

const values = (flags: readonly Flag[]): string =>
  valueCases(flags, { offer: (choices) => `_rosactl_offer "${choices}"`, files: '_rosactl_files' });

function placeCase({ path, nouns, flags }: Place): string {
  const exactly = nouns.length > 0 ? `\n      [[ $typed == "${path}" ]] && nouns="${wordsOf(nouns)}"` : '';
  return `    "${path}" | "${path} "*)${values(flags)}
      flags="${wordsOf(flags)}"${exactly} ;;`;
}

/** The completion of bash, from 3.2 on, which macOS has. */
export const bashScript = (places: readonly Place[]): string =>
  `# bash completion of rosactl, printed by "rosactl completion bash"
_rosactl_offer() { COMPREPLY=($(compgen -W "$1" -- "$current")); }
_rosactl_files() { compopt -o default 2>/dev/null || COMPREPLY=($(compgen -f -- "$current")); }

_rosactl() {
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
      ${valueFlags(places).join(' | ')}) skip=1 ;;
      -*) ;;
      *) typed+="\${typed:+ }$word" ;;
    esac
  done
${values(globalFlags)}
  case "$typed" in
${longestFirst(places).map(placeCase).join('\n')}
  esac
  if [[ $current == -* || -z $nouns ]]; then
    _rosactl_offer "$flags ${wordsOf(globalFlags)}"
  else
    _rosactl_offer "$nouns"
  fi
}
complete -F _rosactl rosactl
`;
