import { type CommandLine, type Flag, type Noun, type Place, valueFlags } from './places.ts';
import { longestFirst, valueCases } from './shell-cases.ts';

const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** Words with their descriptions, as `_describe` takes them. */
const described = (nouns: readonly Noun[]): string =>
  nouns.map(({ word, description }) => `\n        ${quoted(`${word}:${description}`)}`).join('');

const values = (flags: readonly Flag[]): string =>
  valueCases(flags, { offer: (choices) => `compadd -- ${choices}`, files: '_files' });

function placeCase({ path, nouns, flags }: Place): string {
  const exactly = nouns.length > 0 ? `\n      [[ $typed == "${path}" ]] && nouns=(${described(nouns)})` : '';
  return `    "${path}" | "${path} "*)${values(flags)}
      flags=(${described(flags)})${exactly} ;;`;
}

/** The completion of zsh. */
export function zshScript(line: CommandLine): string {
  const { tool, places, globalFlags } = line;
  return `#compdef ${tool}
# zsh completion of ${tool}, printed by "${tool} completion zsh"
_${tool}() {
  local index word typed="" skip="" previous="\${words[CURRENT - 1]}"
  local -a nouns flags
  if [[ $PREFIX == --*=* ]]; then
    previous="\${PREFIX%%=*}"
    compset -P '*='
  fi
  for ((index = 2; index < CURRENT; index++)); do
    word="\${words[index]}"
    if [[ -n $skip ]]; then skip=""; continue; fi
    case "$word" in
      ${valueFlags(line).join(' | ')}) skip=1 ;;
      -*) ;;
      *) typed+="\${typed:+ }$word" ;;
    esac
  done
${values(globalFlags)}
  case "$typed" in
${longestFirst(places).map(placeCase).join('\n')}
  esac
  if [[ $PREFIX == -* ]] || (( ! $#nouns )); then
    flags+=(${described(globalFlags)})
    _describe -o flag flags
  else
    _describe word nouns
  fi
}
if [[ $funcstack[1] == _${tool} ]]; then _${tool} "$@"; else compdef _${tool} ${tool}; fi
`;
}
