"""Completion scripts for bash, zsh and fish, made from the parsers. Names in the data are asked for when needed."""

from __future__ import annotations

from collections.abc import Iterable
from shlex import quote
from typing import Final

from tui.commands.grammar import Argument, grammar


def script(shell: str) -> str:
    """The script for `shell`: "bash", "zsh" or "fish"."""
    return {"bash": _bash, "zsh": _zsh, "fish": _fish}[shell]()


_BASH: Final = """\
# Completion of `deals` in bash. Load it with: eval "$(deals completion bash)"
_deals_asked() {
    local line
    while IFS= read -r line; do
        line=${line%%$'\\t'*}
        [[ $line == "$cur"* ]] && COMPREPLY+=("$(printf '%q' "$line")")
    done < <("${COMP_WORDS[0]}" --complete "$1" "${COMP_WORDS[@]:1}" 2>/dev/null)
}
_deals_given() {
    local word
    for word in "$@"; do
        [[ $word == "$cur"* ]] && COMPREPLY+=("$word")
    done
}
_deals_files() {
    local line
    compopt -o filenames 2>/dev/null
    while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "$cur")
}
_deals() {
    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command="" i
    COMPREPLY=()
    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
            --db|--pipeline|--today) ((i++)) ;;
            -*) ;;
            *) command=${COMP_WORDS[i]}; break ;;
        esac
    done
    case $command:$prev in
@VALUES@
    esac
    if [[ $cur == -* ]]; then
        case $command in
@OPTIONS@
        esac
        return
    fi
    case $command in
@WORDS@
    esac
}
complete -F _deals deals
"""


def _bash() -> str:
    values, options, words = [], [], []
    table = grammar()
    shared = table[""][1]
    for name, (_, arguments) in table.items():
        for argument in arguments:
            if argument.names and argument.value:
                patterns = "|".join(f"{name or '*'}:{each}" for each in argument.names)
                values.append(f"        {patterns}) {_bash_source([argument])}; return ;;")
        every = [each for argument in (*arguments, *(shared if name else ())) for each in argument.names]
        options.append(f"            {name or chr(34) * 2}) _deals_given {' '.join(every)} ;;")
        positional = [argument for argument in arguments if not argument.names]
        if name and positional:
            words.append(f"        {name}) {_bash_source(positional)} ;;")
    words.append(f'        "") _deals_given {" ".join(name for name in table if name)} ;;')
    return (
        _BASH.replace("@VALUES@", "\n".join(values))
        .replace("@OPTIONS@", "\n".join(options))
        .replace("@WORDS@", "\n".join(words))
    )


def _bash_source(arguments: Iterable[Argument]) -> str:
    sources = []
    for argument in arguments:
        if argument.kind:
            sources.append(f"_deals_asked {argument.kind}")
        elif argument.choices:
            sources.append(f"_deals_given {' '.join(map(quote, argument.choices))}")
        elif argument.file:
            sources.append("_deals_files")
    return "; ".join(sources) or ":"


_ZSH: Final = """\
#compdef deals
# Completion of `deals` in zsh. Load it with: eval "$(deals completion zsh)" after compinit
_deals_asked() {
    local -a lines
    lines=("${(@f)$($program --complete $1 "${(@)typed}" 2>/dev/null)}")
    lines=("${(@)lines//:/\\\\:}")
    lines=("${(@)lines/$'\\t'/:}")
    _describe -V "$1" lines
}
_deals_commands() {
    local -a commands=(
@COMMANDS@
    )
    _describe command commands
}
_deals() {
    local program=$words[1] command="" i
    local -a typed=("${(@)words[2,-1]}")
    local -a shared=(
@SHARED@
    )
    for ((i = 2; i < CURRENT; i++)); do
        case $words[i] in
            --db|--pipeline|--today) ((i++)) ;;
            -*) ;;
            *) command=$words[i]; words[i]=(); ((CURRENT--)); break ;;
        esac
    done
    case $command in
@CASES@
    esac
}
if [ "$funcstack[1]" = "_deals" ]; then _deals "$@"; else compdef _deals deals; fi
"""


def _zsh() -> str:
    table = grammar()
    commands = [
        f"        {quote(f'{name}:{command.summary}')}" for name, (command, _) in table.items() if name
    ]
    shared = [f"        {quote(spec)}" for argument in table[""][1] for spec in _zsh_specs(argument)]
    cases = ['        "") _arguments "${shared[@]}" "*::command:_deals_commands" ;;']
    for name, (_, arguments) in table.items():
        if name:
            optional = [quote(spec) for each in arguments if each.names for spec in _zsh_specs(each)]
            positional = [each for each in arguments if not each.names]
            rest = (
                [quote(f"*:{'/'.join(each.value or '' for each in positional)}:{_zsh_source(positional)}")]
                if positional
                else []
            )
            cases.append(f'        {name}) _arguments "${{shared[@]}}" {" ".join([*optional, *rest])} ;;')
    return (
        _ZSH.replace("@COMMANDS@", "\n".join(commands))
        .replace("@SHARED@", "\n".join(shared))
        .replace("@CASES@", "\n".join(cases))
    )


def _zsh_specs(argument: Argument) -> list[str]:
    purpose = argument.purpose.translate(str.maketrans("[]:", "(),"))
    value = f":{argument.value}:{_zsh_source([argument])}" if argument.value else ""
    return [f"{name}[{purpose}]{value}" for name in argument.names]


def _zsh_source(arguments: list[Argument]) -> str:
    sources = []
    for argument in arguments:
        if argument.kind:
            sources.append(f"_deals_asked {argument.kind}")
        elif argument.choices:
            sources.append(f"compadd -- {' '.join(argument.choices)}")
        elif argument.file:
            sources.append("_files")
    return f"{{{'; '.join(sources)}}}" if sources else ""


_FISH: Final = """\
# Completion of `deals` in fish. Install it with:
#   deals completion fish > ~/.config/fish/completions/deals.fish
function __deals_typed
    set -l words (commandline -opc)
    printf '%s\\n' $words[2..-1]
end
function __deals_command
    set -l value no
    for word in (__deals_typed)
        if test $value = yes
            set value no
            continue
        end
        switch $word
            case --db --pipeline --today
                set value yes
            case '-*'
            case '*'
                echo $word
                return
        end
    end
end
complete -c deals -f
"""


def _fish() -> str:
    lines = [_FISH.rstrip("\n")]
    table = grammar()
    for name, (command, arguments) in table.items():
        condition = f"-n {quote(f'contains -- {name} (__deals_command)')}" if name else ""
        if name:
            none_yet = quote("not count (__deals_command) >/dev/null")
            lines.append(f"complete -c deals -n {none_yet} -a {name} -d {quote(command.summary)}")
        for argument in arguments:
            parts = ["complete -c deals", condition, _fish_source(argument)]
            parts += [
                f"-l {each[2:]}" if each.startswith("--") else f"-s {each[1:]}" for each in argument.names
            ]
            if argument.names:
                takes = ("-r" if argument.file else "-x") if argument.value else ""
                parts += [takes, f"-d {quote(argument.purpose)}"]
            elif not _fish_source(argument):
                continue
            lines.append(" ".join(filter(None, parts)))
    return "\n".join(lines) + "\n"


def _fish_source(argument: Argument) -> str:
    if argument.kind:
        return f"-a {quote(f'(deals --complete {argument.kind} (__deals_typed) 2>/dev/null)')}"
    if argument.choices:
        return f"-a {quote(' '.join(argument.choices))}"
    return "-F" if argument.file else ""
