# Completion of autotui for bash, made by "make docs" of its parser.

# Says what may stand after the commands $1.
_autotui_after() {
    options="" commands="" arguments=() many=""
    case $1 in
    "autotui")
        options="-h --help --home --config --version"
        commands="add remove edit feeds refresh import export list show brief mark tag rules tags fetch-full extract suggest judge learned maintenance backup restore demo serve keys config unattended doctor completion man" ;;
    "autotui add")
        options="-h --help --home --config --folder --title --first --json --jsonl"
        arguments=("-") ;;
    "autotui remove")
        options="-h --help --home --config --json --jsonl"
        arguments=("-") ;;
    "autotui edit")
        options="-h --help --home --config --title --folder --url --full-text --selector --every --keep-days --mute --unmute --json --jsonl"
        arguments=("-") ;;
    "autotui feeds")
        options="-h --help --home --config --health --json --jsonl" ;;
    "autotui refresh")
        options="-h --help --home --config --force --json --jsonl"
        arguments=("-")
        many=1 ;;
    "autotui import")
        options="-h --help --home --config --newsboat --star --dry-run --json --jsonl"
        arguments=("files") ;;
    "autotui export")
        options="-h --help --home --config --opml --csv --jsonl --markdown --epub --to --title --force"
        arguments=("-")
        many=1 ;;
    "autotui list")
        options="-h --help --home --config --limit --full --json --jsonl"
        arguments=("-")
        many=1 ;;
    "autotui show")
        options="-h --help --home --config --markdown --json --jsonl"
        arguments=("-") ;;
    "autotui brief")
        options="-h --help --home --config --since"
        arguments=("-")
        many=1 ;;
    "autotui mark")
        options="-h --help --home --config --read --unread --star --unstar --later --not-later --json --jsonl"
        arguments=("-")
        many=1 ;;
    "autotui tag")
        options="-h --help --home --config --json --jsonl"
        arguments=("-")
        many=1 ;;
    "autotui rules")
        options="-h --help --home --config --json --jsonl"
        commands="add preview remove enable disable apply" ;;
    "autotui rules add")
        options="-h --help --json --jsonl --star --later --read"
        arguments=("-" "-")
        many=1 ;;
    "autotui rules preview")
        options="-h --help --json --jsonl --star --later --read"
        arguments=("-")
        many=1 ;;
    "autotui rules remove")
        options="-h --help --json --jsonl"
        arguments=("-") ;;
    "autotui rules enable")
        options="-h --help --json --jsonl"
        arguments=("-") ;;
    "autotui rules disable")
        options="-h --help --json --jsonl"
        arguments=("-") ;;
    "autotui rules apply")
        options="-h --help --json --jsonl"
        arguments=("-") ;;
    "autotui tags")
        options="-h --help --home --config --json --jsonl"
        commands="rename merge delete colour" ;;
    "autotui tags rename")
        options="-h --help --json --jsonl"
        arguments=("-" "-") ;;
    "autotui tags merge")
        options="-h --help --json --jsonl"
        arguments=("-" "-") ;;
    "autotui tags delete")
        options="-h --help --json --jsonl"
        arguments=("-") ;;
    "autotui tags colour")
        options="-h --help --json --jsonl"
        arguments=("-" "red yellow green cyan blue magenta none") ;;
    "autotui fetch-full")
        options="-h --help --home --config --due --force --json --jsonl"
        arguments=("-")
        many=1 ;;
    "autotui extract")
        options="-h --help --home --config --url --feed-text --json --jsonl"
        arguments=("files") ;;
    "autotui suggest")
        options="-h --help --home --config --accept --reject --tag --limit --json --jsonl" ;;
    "autotui judge")
        options="-h --help --home --config --learned --evaluate --json --jsonl"
        arguments=("files") ;;
    "autotui learned")
        options="-h --help --home --config --tag --reset --apply --json --jsonl" ;;
    "autotui maintenance")
        options="-h --help --home --config --dry-run --json --jsonl" ;;
    "autotui backup")
        options="-h --help --home --config --force --json --jsonl"
        arguments=("files") ;;
    "autotui restore")
        options="-h --help --home --config --json --jsonl"
        arguments=("files") ;;
    "autotui demo")
        options="-h --help --home --config" ;;
    "autotui serve")
        options="-h --help --home --config --host --port" ;;
    "autotui keys")
        options="-h --help --home --config --markdown --json --jsonl" ;;
    "autotui config")
        options="-h --help --home --config --json --jsonl"
        arguments=("path check show reference") ;;
    "autotui unattended")
        options="-h --help --home --config --json --jsonl"
        arguments=("service timer") ;;
    "autotui doctor")
        options="-h --help --home --config --json --jsonl" ;;
    "autotui completion")
        options="-h --help --home --config"
        arguments=("bash zsh fish") ;;
    "autotui man")
        options="-h --help --home --config" ;;
    esac
}

# Says what the option $2 of the command $1 takes; fails where it takes nothing.
_autotui_takes() {
    case "$1 $2" in
    *" --home" | \
        *" --newsboat")
        kind="folders" ;;
    *" --config" | \
        *" --epub" | \
        *" --feed-text")
        kind="files" ;;
    *" --folder" | \
        *" --title" | \
        *" --url" | \
        *" --selector" | \
        *" --every" | \
        *" --keep-days" | \
        "autotui import --star" | \
        *" --to" | \
        *" --limit" | \
        *" --since" | \
        *" --accept" | \
        *" --reject" | \
        *" --tag" | \
        *" --host" | \
        *" --port")
        kind="-" ;;
    *" --full-text")
        kind="auto always never" ;;
    *) return 1 ;;
    esac
}

_autotui() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}
    local path=autotui place=0 at each kind options commands arguments many
    # "--option=value" comes as three words.
    if [[ $word == "=" ]]; then
        word=""
    elif [[ $before == "=" ]]; then
        before=${COMP_WORDS[COMP_CWORD-2]}
    fi
    for ((at = 1; at < COMP_CWORD; at++)); do
        each=${COMP_WORDS[at]}
        _autotui_after "$path"
        if _autotui_takes "$path" "$each"; then
            at=$((at + 1))
            if [[ ${COMP_WORDS[at]} == "=" ]]; then at=$((at + 1)); fi
        elif [[ $place == 0 && -n $each && " $commands " == *" $each "* ]]; then
            path="$path $each"
        elif [[ $each != -* ]]; then
            place=$((place + 1))
        fi
    done
    _autotui_after "$path"
    if _autotui_takes "$path" "$before"; then
        :
    elif [[ $word == -* ]]; then
        kind=$options
    elif [[ $place == 0 && -n $commands ]]; then
        kind=$commands
    else
        if [[ -n $many && $place -ge ${#arguments[@]} ]]; then
            place=$((${#arguments[@]} - 1))
        fi
        kind=${arguments[place]:--}
    fi
    COMPREPLY=()
    case $kind in
    -) ;;
    files | folders)
        local IFS=$'\n'
        if [[ $kind == files ]]; then
            COMPREPLY=($(compgen -f -- "$word"))
        else
            COMPREPLY=($(compgen -d -- "$word"))
        fi
        compopt -o filenames 2>/dev/null || : ;;
    *) COMPREPLY=($(compgen -W "$kind" -- "$word")) ;;
    esac
}

complete -F _autotui autotui
