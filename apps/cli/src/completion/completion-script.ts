import type { Command } from 'commander';
import type { Shell } from './shells';

/** A command and what may follow it: subcommands and choices first, then flags. A flag with choices is one as well. */
interface Node {
  /** Words before it, the program's name left out: `theme push`. */
  path: string;
  words: { word: string; about: string }[];
}

/**
 * The completion of a command line, made of the commands themselves: what is added there is completed.
 * @returns the script's text for that shell
 */
export function completionScript(program: Command, shell: Shell): string {
  const write = { bash, zsh, fish, powershell }[shell];
  return write(program.name(), nodesOf(program, ''));
}

function nodesOf(command: Command, path: string): Node[] {
  const words = [
    ...command.commands.map((one) => ({ word: one.name(), about: one.description() })),
    ...command.registeredArguments.flatMap(({ argChoices = [] }) =>
      argChoices.map((word) => ({ word, about: '' })),
    ),
    ...command.options.flatMap(({ long, description }) =>
      long == null ? [] : [{ word: long, about: description }],
    ),
    { word: '--help', about: 'show what is possible' },
  ];
  const under = (name: string) => (path === '' ? name : `${path} ${name}`);
  const values = command.options.flatMap(({ long, argChoices }) =>
    long == null || argChoices === undefined
      ? []
      : [{ path: under(long), words: argChoices.map((word) => ({ word, about: '' })) }],
  );
  const below = command.commands.flatMap((one) => nodesOf(one, under(one.name())));
  return [{ path, words }, ...values, ...below];
}

/** Flags and unknown words are skipped; what is left is the path. */
function bash(name: string, nodes: Node[]): string {
  const cases = nodes.map(
    ({ path, words }) => `    '${path}') echo '${words.map(({ word }) => word).join(' ')}' ;;`,
  );
  return `# bash completion of ${name}
_${name}_words() {
  case "$1" in
${cases.join('\n')}
    *) return 1 ;;
  esac
}
_${name}() {
  local current="\${COMP_WORDS[COMP_CWORD]}" path='' word words next
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in -*) continue ;; esac
    next="\${path:+$path }$word"
    _${name}_words "$next" > /dev/null && path="$next"
  done
  # Of a flag that takes one of several values, those.
  next="\${path:+$path }\${COMP_WORDS[COMP_CWORD-1]}"
  _${name}_words "$next" > /dev/null && path="$next"
  words="$(_${name}_words "$path")"
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  [ \${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=($(compgen -f -- "$current"))
}
complete -o filenames -F _${name} ${name}
`;
}

function zsh(name: string, nodes: Node[]): string {
  const cases = nodes.map(({ path, words }) => {
    const described = words.map(({ word, about }) => quote(`${word}:${about}`)).join(' ');
    return `    '${path}') reply=(${described}) ;;`;
  });
  return `#compdef ${name}
_${name}_words() {
  case "$1" in
${cases.join('\n')}
    *) return 1 ;;
  esac
}
_${name}() {
  local -a reply
  local path_='' word next
  for word in "\${(@)words[2,CURRENT-1]}"; do
    [[ "$word" == -* ]] && continue
    next="\${path_:+$path_ }$word"
    _${name}_words "$next" && path_="$next"
  done
  next="\${path_:+$path_ }\${words[CURRENT-1]}"
  _${name}_words "$next" && path_="$next"
  _${name}_words "$path_"
  _describe '${name}' reply
  _files
}
# The first completion loads this file and has to be answered too.
if [[ "\${funcstack[1]}" == _${name} ]]; then _${name} "$@"; else compdef _${name} ${name}; fi
`;
}

function fish(name: string, nodes: Node[]): string {
  const lines = nodes.flatMap(({ path, words }) =>
    words.map(
      ({ word, about }) =>
        `complete -c ${name} -n '__${name}_at "${path}"' -a ${quote(word)} -d ${quote(about)}`,
    ),
  );
  const known = nodes.map(({ path }) => quote(path)).join(' ');
  return `# fish completion of ${name}
function __${name}_at
  set -l known ${known}
  set -l path ''
  for word in (commandline -opc)[2..-1]
    string match -q -- '-*' $word; and continue
    set -l next (string trim -- "$path $word")
    contains -- $next $known; and set path $next
  end
  set -l value (string trim -- "$path "(commandline -opc)[-1])
  contains -- $value $known; and set path $value
  test "$path" = "$argv"
end
${lines.join('\n')}
`;
}

function powershell(name: string, nodes: Node[]): string {
  const rows = nodes.map(
    ({ path, words }) => `    '${path}' = @(${words.map(({ word }) => `'${word}'`).join(', ')})`,
  );
  return `# PowerShell completion of ${name}
Register-ArgumentCompleter -Native -CommandName ${name} -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $known = @{
${rows.join('\n')}
  }
  $path = ''
  foreach ($element in ($commandAst.CommandElements | Select-Object -Skip 1)) {
    $word = $element.ToString()
    if ($word.StartsWith('-')) { continue }
    $next = ("$path $word").Trim()
    if ($known.ContainsKey($next)) { $path = $next }
  }
  $typed = @($commandAst.CommandElements | ForEach-Object { $_.ToString() })
  if ($wordToComplete -ne '') { $typed = @($typed | Select-Object -SkipLast 1) }
  $next = "$path $($typed[-1])".Trim()
  if ($known.ContainsKey($next)) { $path = $next }
  $known[$path] | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
  }
}
`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
