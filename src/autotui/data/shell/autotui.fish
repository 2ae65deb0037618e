# Completion of autotui for fish, made by "make docs" of its parser.

# Tells whether the commands on the line are these.
function __autotui_at
    set -l path autotui
    set -l words (commandline -opc)
    set -e words[1]
    while set -q words[1]
        set -l word $words[1]
        set -e words[1]
        switch "$path $word"
            case 'autotui --home' \
                'autotui --config' \
                'autotui add --home' \
                'autotui add --config' \
                'autotui add --folder' \
                'autotui add --title' \
                'autotui remove --home' \
                'autotui remove --config' \
                'autotui edit --home' \
                'autotui edit --config' \
                'autotui edit --title' \
                'autotui edit --folder' \
                'autotui edit --url' \
                'autotui edit --full-text' \
                'autotui edit --selector' \
                'autotui edit --every' \
                'autotui edit --keep-days' \
                'autotui feeds --home' \
                'autotui feeds --config' \
                'autotui refresh --home' \
                'autotui refresh --config' \
                'autotui import --home' \
                'autotui import --config' \
                'autotui import --newsboat' \
                'autotui import --star' \
                'autotui export --home' \
                'autotui export --config' \
                'autotui export --epub' \
                'autotui export --to' \
                'autotui export --title' \
                'autotui list --home' \
                'autotui list --config' \
                'autotui list --limit' \
                'autotui show --home' \
                'autotui show --config' \
                'autotui brief --home' \
                'autotui brief --config' \
                'autotui brief --since' \
                'autotui mark --home' \
                'autotui mark --config' \
                'autotui tag --home' \
                'autotui tag --config' \
                'autotui rules --home' \
                'autotui rules --config' \
                'autotui tags --home' \
                'autotui tags --config' \
                'autotui fetch-full --home' \
                'autotui fetch-full --config' \
                'autotui extract --home' \
                'autotui extract --config' \
                'autotui extract --url' \
                'autotui extract --feed-text' \
                'autotui suggest --home' \
                'autotui suggest --config' \
                'autotui suggest --accept' \
                'autotui suggest --reject' \
                'autotui suggest --tag' \
                'autotui suggest --limit' \
                'autotui judge --home' \
                'autotui judge --config' \
                'autotui learned --home' \
                'autotui learned --config' \
                'autotui learned --tag' \
                'autotui maintenance --home' \
                'autotui maintenance --config' \
                'autotui backup --home' \
                'autotui backup --config' \
                'autotui restore --home' \
                'autotui restore --config' \
                'autotui demo --home' \
                'autotui demo --config' \
                'autotui serve --home' \
                'autotui serve --config' \
                'autotui serve --host' \
                'autotui serve --port' \
                'autotui keys --home' \
                'autotui keys --config' \
                'autotui config --home' \
                'autotui config --config' \
                'autotui unattended --home' \
                'autotui unattended --config' \
                'autotui doctor --home' \
                'autotui doctor --config' \
                'autotui completion --home' \
                'autotui completion --config' \
                'autotui man --home' \
                'autotui man --config'
                set -q words[1]; and set -e words[1]
            case 'autotui add' \
                'autotui remove' \
                'autotui edit' \
                'autotui feeds' \
                'autotui refresh' \
                'autotui import' \
                'autotui export' \
                'autotui list' \
                'autotui show' \
                'autotui brief' \
                'autotui mark' \
                'autotui tag' \
                'autotui rules' \
                'autotui rules add' \
                'autotui rules preview' \
                'autotui rules remove' \
                'autotui rules enable' \
                'autotui rules disable' \
                'autotui rules apply' \
                'autotui tags' \
                'autotui tags rename' \
                'autotui tags merge' \
                'autotui tags delete' \
                'autotui tags colour' \
                'autotui fetch-full' \
                'autotui extract' \
                'autotui suggest' \
                'autotui judge' \
                'autotui learned' \
                'autotui maintenance' \
                'autotui backup' \
                'autotui restore' \
                'autotui demo' \
                'autotui serve' \
                'autotui keys' \
                'autotui config' \
                'autotui unattended' \
                'autotui doctor' \
                'autotui completion' \
                'autotui man'
                set path "$path $word"
        end
    end
    test "$path" = "$argv"
end

complete -c autotui -f
complete -c autotui -n '__autotui_at autotui' -a add -d 'subscribe to a feed, or to the feed that a page names'
complete -c autotui -n '__autotui_at autotui' -a remove -d 'remove a feed; its stories and marks can come back'
complete -c autotui -n '__autotui_at autotui' -a edit -d 'change a feed: title, folder, address, interval and more'
complete -c autotui -n '__autotui_at autotui' -a feeds -d 'list the feeds'
complete -c autotui -n '__autotui_at autotui' -a refresh -d 'ask the feeds that are due'
complete -c autotui -n '__autotui_at autotui' -a import -d 'subscribe to what an OPML file lists, or move in from newsboat'
complete -c autotui -n '__autotui_at autotui' -a export -d 'write all subscriptions, or the stories that a query finds'
complete -c autotui -n '__autotui_at autotui' -a list -d 'list stories, newest first'
complete -c autotui -n '__autotui_at autotui' -a show -d 'print one story as it would be read'
complete -c autotui -n '__autotui_at autotui' -a brief -d 'tell what happened, by component, as Markdown'
complete -c autotui -n '__autotui_at autotui' -a mark -d 'mark stories'
complete -c autotui -n '__autotui_at autotui' -a tag -d 'set (+NAME) and take (-NAME) tags'
complete -c autotui -n '__autotui_at autotui' -a rules -d 'list rules, which act by themselves on stories as they come'
complete -c autotui -n '__autotui_at autotui' -a tags -d 'list your tags, with how many stories carry each'
complete -c autotui -n '__autotui_at autotui' -a fetch-full -d 'fetch the full text of stories for reading offline'
complete -c autotui -n '__autotui_at autotui' -a extract -d 'give the story on a page, without the page'
complete -c autotui -n '__autotui_at autotui' -a suggest -d 'list stories that may be about EV drivetrains, best first'
complete -c autotui -n '__autotui_at autotui' -a judge -d 'judge stories given as JSON lines with title and text'
complete -c autotui -n '__autotui_at autotui' -a learned -d 'show what your tags taught it'
complete -c autotui -n '__autotui_at autotui' -a maintenance -d 'check the database, let old texts go, close its gaps'
complete -c autotui -n '__autotui_at autotui' -a backup -d 'copy the database to a file, also while it is in use'
complete -c autotui -n '__autotui_at autotui' -a restore -d 'put a backup in the database\'s place; that is kept aside'
complete -c autotui -n '__autotui_at autotui' -a demo -d 'open the reader on a throw-away library; no network, nothing kept'
complete -c autotui -n '__autotui_at autotui' -a serve -d 'open the reader in a browser on this machine'
complete -c autotui -n '__autotui_at autotui' -a keys -d 'list the keys in force'
complete -c autotui -n '__autotui_at autotui' -a config -d 'show where the config file is, check, show or explain it'
complete -c autotui -n '__autotui_at autotui' -a unattended -d 'tell how to refresh by cron, or by a timer of systemd'
complete -c autotui -n '__autotui_at autotui' -a doctor -d 'say how autotui is set up, and what is wrong'
complete -c autotui -n '__autotui_at autotui' -a completion -d 'print what makes a shell complete these commands'
complete -c autotui -n '__autotui_at autotui' -a man -d 'show the man page; roff where the output is no terminal'
complete -c autotui -n '__autotui_at autotui' -s h -l help -d 'show this help message and exit'
complete -c autotui -n '__autotui_at autotui' -l home -r -a '(__fish_complete_directories)' -d 'keep config, database and log under DIR'
complete -c autotui -n '__autotui_at autotui' -l config -r -F -d 'read this config file'
complete -c autotui -n '__autotui_at autotui' -l version -d 'print the version'
complete -c autotui -n '__autotui_at autotui add' -s h -l help -d 'show this help message and exit'
complete -c autotui -n '__autotui_at autotui add' -l home -r -a '(__fish_complete_directories)' -d 'keep config, database and log under DIR'
complete -c autotui -n '__autotui_at autotui add' -l config -r -F -d 'read this config file'
complete -c autotui -n '__autotui_at autotui add' -l folder -x -d 'put it into this folder'
complete -c autotui -n '__autotui_at autotui add' -l title -x -d 'call it so'
complete -c autotui -n '__autotui_at autotui add' -l first -d 'take the first of several feeds'
complete -c autotui -n '__autotui_at autotui add' -l json -d 'print one JSON value'
complete -c autotui -n '__autotui_at autotui add' -l jsonl -d 'print a JSON object a line'
complete -c autotui -n '__autotui_at autotui remove' -s h -l help -d 'show this help message and exit'
complete -c autotui -n '__autotui_at autotui remove' -l home -r -a '(__fish_complete_directories)' -d 'keep config, database and log under DIR'
complete -c autotui -n '__autotui_at autotui remove' -l config -r -F -d 'read this config file'
complete -c autotui -n '__autotui_at autotui remove' -l json -d 'print one JSON value'
complete -c autotui -n '__autotui_at autotui remove' -l jsonl -d 'print a JSON object a line'
complete -c autotui -n '__autotui_at autotui edit' -s h -l help -d 'show this help message and exit'
complete -c autotui -n '__autotui_at autotui edit' -l home -r -a '(__fish_complete_directories)' -d 'keep config, database and log under DIR'
complete -c autotui -n '__autotui_at autotui edit' -l config -r -F -d 'read this config file'
complete -c autotui -n '__autotui_at autotui edit' -l title -x -d '\'\' is the publisher\'s own title'
complete -c autotui -n '__autotui_at autotui edit' -l folder -x -d '\'\' is no folder'
complete -c autotui -n '__autotui_at autotui edit' -l url -x -d 'its stories stay'
complete -c autotui -n '__autotui_at autotui edit' -l full-text -x -a 'auto always never' -d 'fetch the pages of its stories; auto: of those that it cuts off'
complete -c autotui -n '__autotui_at autotui edit' -l selector -x -d 'where the story is on its pages; may be repeated, \'\' is by itself'
complete -c autotui -n '__autotui_at autotui edit' -l every -x -d 'ask it so often; 0: as stories come'
complete -c autotui -n '__autotui_at autotui edit' -l keep-days -x -d 'let texts of stories that were read go after N days; 0: never'
complete -c autotui -n '__autotui_at autotui edit' -l mute -d 'show it in its own row alone'
complete -c autotui -n '__autotui_at autotui edit' -l unmute -d 'show it everywhere again'
complete -c autotui -n '__autotui_at autotui edit' -l json -d 'print one JSON value'
complete -c autotui -n '__autotui_at autotui edit' -l jsonl -d 'print a JSON object a line'
complete -c autotui -n '__autotui_at autotui feeds' -s h -l help -d 'show this help message and exit'
complete -c autotui -n '__autotui_at autotui feeds' -l home -r -a '(__fish_complete_directories)' -d 'keep config, database and log under DIR'
complete -c autotui -n '__autotui_at autotui feeds' -l config -r -F -d 'read this config file'
complete -c autotui -n '__autotui_at autotui feeds' -l health -d 'how they do, the worst first'
complete -c autotui -n '__autotui_at autotui feeds' -l json -d 'print one JSON value'
complete -c autotui -n '__autotui_at autotui feeds' -l jsonl -d 'print a JSON object a line'
complete -c autotui -n '__autotui_at autotui refresh' -s h -l help -d 'show this help message and exit'
complete -c autotui -n '__autotui_at autotui refresh' -l home -r -a '(__fish_complete_directories)' -d 'keep config, database and log under DIR'
complete -c autotui -n '__autotui_at autotui refresh' -l config -r -F -d 'read this config file'
complete -c autotui -n '__autotui_at autotui refresh' -l force -d 'ask all feeds now'
complete -c autotui -n '__autotui_at autotui refresh' -l json -d 'print one JSON value'
complete -c autotui -n '__autotui_at autotui refresh' -l jsonl -d 'print a JSON object a line'
complete -c autotui -n '__autotui_at autotui import' -s h -l help -d 'show this help message and exit'
complete -c autotui -n '__autotui_at autotui import' -l home -r -a '(__fish_complete_directories)' -d 'keep config, database and log under DIR'
complete -c autotui -n '__autotui_at autotui import' -l config -r -F -d 'read this config file'
complete -c autotui -n '__autotui_at autotui import' -l newsboat -r -a '(__fish_complete_directories)' -d 'bring feeds, stories and their marks from newsboat\'s urls and cache.db'
complete -c autotui -n '__autotui_at autotui import' -l star -x -d 'newsboat\'s flags that mean a star; default s'
complete -c autotui -n '__autotui_at autotui import' -l dry-run -d 'tell, and change nothing'
complete -c autotui -n '__autotui_at autotui import' -l json -d 'print one JSON value'
complete -c autotui -n '__autotui_at autotui import' -l jsonl -d 'print a JSON object a line'
complete -c autotui -n '__autotui_at autotui import' -F
complete -c autotui -n '__autotui_at autotui export' -s h -l help -d 'show this help message and exit'
complete -c autotui -n '__autotui_at autotui export' -l home -r -a '(__fish_complete_directories)' -d 'keep config, database and log under DIR'
complete -c autotui -n '__autotui_at autotui export' -l config -r -F -d 'read this config file'
complete -c autotui -n '__autotui_at autotui export' -l opml -d 'subscriptions as OPML, the default'
complete -c autotui -n '__autotui_at autotui export' -l csv -d 'stories, a row each, with names and figures as columns; an apostrophe stands before a cell that a spreadsheet would take for a formula (= + - @)'
complete -c autotui -n '__autotui_at autotui export' -l jsonl -d 'stories, with all that is known, a line each'
complete -c autotui -n '__autotui_at autotui export' -l markdown -d 'stories, with YAML front matter each'
complete -c autotui -n '__autotui_at autotui export' -l epub -r -F -d 'stories as a book for e-readers, a chapter each; pictures that are kept here come with them'
complete -c autotui -n '__autotui_at autotui export' -l to -x -d 'write stories to this file; of --markdown, unless PATH ends in .md, into this folder, a file a story'
complete -c autotui -n '__autotui_at autotui export' -l title -x -d 'of a book; by itself it is the query'
complete -c autotui -n '__autotui_at autotui export' -l force -d 'replace files that are there already'
complete -c autotui -n '__autotui_at autotui list' -s h -l help -d 'show this help message and exit'
complete -c autotui -n '__autotui_at autotui list' -l home -r -a '(__fish_complete_directories)' -d 'keep config, database and log under DIR'
complete -c autotui -n '__autotui_at autotui list' -l config -r -F -d 'read this config file'
complete -c autotui -n '__autotui_at autotui list' -l limit -x -d '0 is all; default 50'
complete -c autotui -n '__autotui_at autotui list' -l full -d 'with text and links'
complete -c autotui -n '__autotui_at autotui list' -l json -d 'print one JSON value'
complete -c autotui -n '__autotui_at autotui list' -l jsonl -d 'print a JSON object a line'
complete -c autotui -n '__autotui_at autotui show' -s h -l help -d 'show this help message and exit'
complete -c autotui -n '__autotui_at autotui show' -l home -r -a '(__fish_complete_directories)' -d 'keep config, database and log under DIR'
complete -c autotui -n '__autotui_at autotui show' -l config -r -F -d 'read this config file'
complete -c autotui -n '__autotui_at autotui show' -l markdown -d 'as Markdown'
complete -c autotui -n '__autotui_at autotui show' -l json -d 'print one JSON value'
complete -c autotui -n '__autotui_at autotui show' -l jsonl -d 'print a JSON object a line'
complete -c autotui -n '__autotui_at autotui brief' -s h -l help -d 'show this help message and exit'
complete -c autotui -n '__autotui_at autotui brief' -l home -r -a '(__fish_complete_directories)' -d 'keep config, database and log under DIR'
complete -c autotui -n '__autotui_at autotui brief' -l config -r -F -d 'read this config file'
complete -c autotui -n '__autotui_at autotui brief' -l since -x -d 'a span such as 24h or 7d, counted back from the newest story there is and not from now, or a day such as 2019-06-05; default 24h'
complete -c autotui -n '__autotui_at autotui mark' -s h -l help -d 'show this help message and exit'
complete -c autotui -n '__autotui_at autotui mark' -l home -r -a '(__fish_complete_directories)' -d 'keep config, database and log under DIR'
complete -c autotui -n '__autotui_at autotui mark' -l config -r -F -d 'read this config file'
complete -c autotui -n '__autotui_at autotui mark' -l read
complete -c autotui -n '__autotui_at autotui mark' -l unread
complete -c autotui -n '__autotui_at autotui mark' -l star
complete -c autotui -n '__autotui_at autotui mark' -l unstar
complete -c autotui -n '__autotui_at autotui mark' -l later
complete -c autotui -n '__autotui_at autotui mark' -l not-later
complete -c autotui -n '__autotui_at autotui mark' -l json -d 'print one JSON value'
complete -c autotui -n '__autotui_at autotui mark' -l jsonl -d 'print a JSON object a line'
complete -c autotui -n '__autotui_at autotui tag' -s h -l help -d 'show this help message and exit'
complete -c autotui -n '__autotui_at autotui tag' -l home -r -a '(__fish_complete_directories)' -d 'keep config, database and log under DIR'
complete -c autotui -n '__autotui_at autotui tag' -l config -r -F -d 'read this config file'
complete -c autotui -n '__autotui_at autotui tag' -l json -d 'print one JSON value'
complete -c autotui -n '__autotui_at autotui tag' -l jsonl -d 'print a JSON object a line'
complete -c autotui -n '__autotui_at autotui rules' -a add -d 'add a rule: autotui rules add inverters name:inverter +inverter --star'
complete -c autotui -n '__autotui_at autotui rules' -a preview -d 'list what a rule would change: its name, or a query and actions'
complete -c autotui -n '__autotui_at autotui rules' -a remove -d 'remove a rule; what it did stays'
complete -c autotui -n '__autotui_at autotui rules' -a enable -d 'run a rule from now on'
complete -c autotui -n '__autotui_at autotui rules' -a disable -d 'run a rule no more'
complete -c autotui -n '__autotui_at autotui rules' -a apply -d 'do to all stories there are what a rule does, in one step'
complete -c autotui -n '__autotui_at autotui rules' -s h -l help -d 'show this help message and exit'
complete -c autotui -n '__autotui_at autotui rules' -l home -r -a '(__fish_complete_directories)' -d 'keep config, database and log under DIR'
complete -c autotui -n '__autotui_at autotui rules' -l config -r -F -d 'read this config file'
complete -c autotui -n '__autotui_at autotui rules' -l json -d 'print one JSON value'
complete -c autotui -n '__autotui_at autotui rules' -l jsonl -d 'print a JSON object a line'
complete -c autotui -n '__autotui_at autotui rules add' -s h -l help -d 'show this help message and exit'
complete -c autotui -n '__autotui_at autotui rules add' -l json -d 'print one JSON value'
complete -c autotui -n '__autotui_at autotui rules add' -l jsonl -d 'print a JSON object a line'
complete -c autotui -n '__autotui_at autotui rules add' -l star -d 'star them'
complete -c autotui -n '__autotui_at autotui rules add' -l later -d 'keep them'
complete -c autotui -n '__autotui_at autotui rules add' -l read -d 'mark read them'
complete -c autotui -n '__autotui_at autotui rules preview' -s h -l help -d 'show this help message and exit'
complete -c autotui -n '__autotui_at autotui rules preview' -l json -d 'print one JSON value'
complete -c autotui -n '__autotui_at autotui rules preview' -l jsonl -d 'print a JSON object a line'
complete -c autotui -n '__autotui_at autotui rules preview' -l star -d 'star them'
complete -c autotui -n '__autotui_at autotui rules preview' -l later -d 'keep them'
complete -c autotui -n '__autotui_at autotui rules preview' -l read -d 'mark read them'
complete -c autotui -n '__autotui_at autotui rules remove' -s h -l help -d 'show this help message and exit'
complete -c autotui -n '__autotui_at autotui rules remove' -l json -d 'print one JSON value'
complete -c autotui -n '__autotui_at autotui rules remove' -l jsonl -d 'print a JSON object a line'
complete -c autotui -n '__autotui_at autotui rules enable' -s h -l help -d 'show this help message and exit'
complete -c autotui -n '__autotui_at autotui rules enable' -l json -d 'print one JSON value'
complete -c autotui -n '__autotui_at autotui rules enable' -l jsonl -d 'print a JSON object a line'
complete -c autotui -n '__autotui_at autotui rules disable' -s h -l help -d 'show this help message and exit'
complete -c autotui -n '__autotui_at autotui rules disable' -l json -d 'print one JSON value'
complete -c autotui -n '__autotui_at autotui rules disable' -l jsonl -d 'print a JSON object a line'
complete -c autotui -n '__autotui_at autotui rules apply' -s h -l help -d 'show this help message and exit'
complete -c autotui -n '__autotui_at autotui rules apply' -l json -d 'print one JSON value'
complete -c autotui -n '__autotui_at autotui rules apply' -l jsonl -d 'print a JSON object a line'
complete -c autotui -n '__autotui_at autotui tags' -a rename -d 'call a tag otherwise, in queries and rules too, with all below it'
complete -c autotui -n '__autotui_at autotui tags' -a merge -d 'make one tag of two, which has the second name, with all below it'
complete -c autotui -n '__autotui_at autotui tags' -a delete -d 'take a tag, and all below it, from all stories; rules set it no more'
complete -c autotui -n '__autotui_at autotui tags' -a colour -d 'give a tag a colour, or none'
complete -c autotui -n '__autotui_at autotui tags' -s h -l help -d 'show this help message and exit'
complete -c autotui -n '__autotui_at autotui tags' -l home -r -a '(__fish_complete_directories)' -d 'keep config, database and log under DIR'
complete -c autotui -n '__autotui_at autotui tags' -l config -r -F -d 'read this config file'
complete -c autotui -n '__autotui_at autotui tags' -l json -d 'print one JSON value'
complete -c autotui -n '__autotui_at autotui tags' -l jsonl -d 'print a JSON object a line'
complete -c autotui -n '__autotui_at autotui tags rename' -s h -l help -d 'show this help message and exit'
complete -c autotui -n '__autotui_at autotui tags rename' -l json -d 'print one JSON value'
complete -c autotui -n '__autotui_at autotui tags rename' -l jsonl -d 'print a JSON object a line'
complete -c autotui -n '__autotui_at autotui tags merge' -s h -l help -d 'show this help message and exit'
complete -c autotui -n '__autotui_at autotui tags merge' -l json -d 'print one JSON value'
complete -c autotui -n '__autotui_at autotui tags merge' -l jsonl -d 'print a JSON object a line'
complete -c autotui -n '__autotui_at autotui tags delete' -s h -l help -d 'show this help message and exit'
complete -c autotui -n '__autotui_at autotui tags delete' -l json -d 'print one JSON value'
complete -c autotui -n '__autotui_at autotui tags delete' -l jsonl -d 'print a JSON object a line'
complete -c autotui -n '__autotui_at autotui tags colour' -s h -l help -d 'show this help message and exit'
complete -c autotui -n '__autotui_at autotui tags colour' -l json -d 'print one JSON value'
complete -c autotui -n '__autotui_at autotui tags colour' -l jsonl -d 'print a JSON object a line'
complete -c autotui -n '__autotui_at autotui tags colour' -a 'red yellow green cyan blue magenta none'
complete -c autotui -n '__autotui_at autotui fetch-full' -s h -l help -d 'show this help message and exit'
complete -c autotui -n '__autotui_at autotui fetch-full' -l home -r -a '(__fish_complete_directories)' -d 'keep config, database and log under DIR'
complete -c autotui -n '__autotui_at autotui fetch-full' -l config -r -F -d 'read this config file'
complete -c autotui -n '__autotui_at autotui fetch-full' -l due -d 'those that their feeds cut off'
complete -c autotui -n '__autotui_at autotui fetch-full' -l force -d 'also what is here, or was refused, and whatever robots.txt says'
complete -c autotui -n '__autotui_at autotui fetch-full' -l json -d 'print one JSON value'
complete -c autotui -n '__autotui_at autotui fetch-full' -l jsonl -d 'print a JSON object a line'
complete -c autotui -n '__autotui_at autotui extract' -s h -l help -d 'show this help message and exit'
complete -c autotui -n '__autotui_at autotui extract' -l home -r -a '(__fish_complete_directories)' -d 'keep config, database and log under DIR'
complete -c autotui -n '__autotui_at autotui extract' -l config -r -F -d 'read this config file'
complete -c autotui -n '__autotui_at autotui extract' -l url -x -d 'the address of a page in a file'
complete -c autotui -n '__autotui_at autotui extract' -l feed-text -r -F -d 'what the feed gave of the story'
complete -c autotui -n '__autotui_at autotui extract' -l json -d 'print one JSON value'
complete -c autotui -n '__autotui_at autotui extract' -l jsonl -d 'read pages, a JSON object with id, html and url a line; answer in order'
complete -c autotui -n '__autotui_at autotui extract' -F
complete -c autotui -n '__autotui_at autotui suggest' -s h -l help -d 'show this help message and exit'
complete -c autotui -n '__autotui_at autotui suggest' -l home -r -a '(__fish_complete_directories)' -d 'keep config, database and log under DIR'
complete -c autotui -n '__autotui_at autotui suggest' -l config -r -F -d 'read this config file'
complete -c autotui -n '__autotui_at autotui suggest' -l accept -x -d 'tag these as suggested'
complete -c autotui -n '__autotui_at autotui suggest' -l reject -x -d 'say that it is wrong'
complete -c autotui -n '__autotui_at autotui suggest' -l tag -x -d 'another tag of yours'
complete -c autotui -n '__autotui_at autotui suggest' -l limit -x -d '0 is all; default 50'
complete -c autotui -n '__autotui_at autotui suggest' -l json -d 'print one JSON value'
complete -c autotui -n '__autotui_at autotui suggest' -l jsonl -d 'print a JSON object a line'
complete -c autotui -n '__autotui_at autotui judge' -s h -l help -d 'show this help message and exit'
complete -c autotui -n '__autotui_at autotui judge' -l home -r -a '(__fish_complete_directories)' -d 'keep config, database and log under DIR'
complete -c autotui -n '__autotui_at autotui judge' -l config -r -F -d 'read this config file'
complete -c autotui -n '__autotui_at autotui judge' -l learned -d 'with what you taught it'
complete -c autotui -n '__autotui_at autotui judge' -l evaluate -d 'compare with the label (true or false) of each line'
complete -c autotui -n '__autotui_at autotui judge' -l json -d 'print one JSON value'
complete -c autotui -n '__autotui_at autotui judge' -l jsonl -d 'print a JSON object a line'
complete -c autotui -n '__autotui_at autotui judge' -F
complete -c autotui -n '__autotui_at autotui learned' -s h -l help -d 'show this help message and exit'
complete -c autotui -n '__autotui_at autotui learned' -l home -r -a '(__fish_complete_directories)' -d 'keep config, database and log under DIR'
complete -c autotui -n '__autotui_at autotui learned' -l config -r -F -d 'read this config file'
complete -c autotui -n '__autotui_at autotui learned' -l tag -x -d 'another tag of yours'
complete -c autotui -n '__autotui_at autotui learned' -l reset -d 'forget it all'
complete -c autotui -n '__autotui_at autotui learned' -l apply -d 'judge what waits for it now'
complete -c autotui -n '__autotui_at autotui learned' -l json -d 'print one JSON value'
complete -c autotui -n '__autotui_at autotui learned' -l jsonl -d 'print a JSON object a line'
complete -c autotui -n '__autotui_at autotui maintenance' -s h -l help -d 'show this help message and exit'
complete -c autotui -n '__autotui_at autotui maintenance' -l home -r -a '(__fish_complete_directories)' -d 'keep config, database and log under DIR'
complete -c autotui -n '__autotui_at autotui maintenance' -l config -r -F -d 'read this config file'
complete -c autotui -n '__autotui_at autotui maintenance' -l dry-run -d 'tell what would go, and change nothing'
complete -c autotui -n '__autotui_at autotui maintenance' -l json -d 'print one JSON value'
complete -c autotui -n '__autotui_at autotui maintenance' -l jsonl -d 'print a JSON object a line'
complete -c autotui -n '__autotui_at autotui backup' -s h -l help -d 'show this help message and exit'
complete -c autotui -n '__autotui_at autotui backup' -l home -r -a '(__fish_complete_directories)' -d 'keep config, database and log under DIR'
complete -c autotui -n '__autotui_at autotui backup' -l config -r -F -d 'read this config file'
complete -c autotui -n '__autotui_at autotui backup' -l force -d 'replace a file that is there'
complete -c autotui -n '__autotui_at autotui backup' -l json -d 'print one JSON value'
complete -c autotui -n '__autotui_at autotui backup' -l jsonl -d 'print a JSON object a line'
complete -c autotui -n '__autotui_at autotui backup' -F
complete -c autotui -n '__autotui_at autotui restore' -s h -l help -d 'show this help message and exit'
complete -c autotui -n '__autotui_at autotui restore' -l home -r -a '(__fish_complete_directories)' -d 'keep config, database and log under DIR'
complete -c autotui -n '__autotui_at autotui restore' -l config -r -F -d 'read this config file'
complete -c autotui -n '__autotui_at autotui restore' -l json -d 'print one JSON value'
complete -c autotui -n '__autotui_at autotui restore' -l jsonl -d 'print a JSON object a line'
complete -c autotui -n '__autotui_at autotui restore' -F
complete -c autotui -n '__autotui_at autotui demo' -s h -l help -d 'show this help message and exit'
complete -c autotui -n '__autotui_at autotui demo' -l home -r -a '(__fish_complete_directories)' -d 'keep config, database and log under DIR'
complete -c autotui -n '__autotui_at autotui demo' -l config -r -F -d 'read this config file'
complete -c autotui -n '__autotui_at autotui serve' -s h -l help -d 'show this help message and exit'
complete -c autotui -n '__autotui_at autotui serve' -l home -r -a '(__fish_complete_directories)' -d 'keep config, database and log under DIR'
complete -c autotui -n '__autotui_at autotui serve' -l config -r -F -d 'read this config file'
complete -c autotui -n '__autotui_at autotui serve' -l host -x -d 'another of this machine\'s addresses; nothing is encrypted on the way'
complete -c autotui -n '__autotui_at autotui serve' -l port -x -d 'default: one that is free'
complete -c autotui -n '__autotui_at autotui keys' -s h -l help -d 'show this help message and exit'
complete -c autotui -n '__autotui_at autotui keys' -l home -r -a '(__fish_complete_directories)' -d 'keep config, database and log under DIR'
complete -c autotui -n '__autotui_at autotui keys' -l config -r -F -d 'read this config file'
complete -c autotui -n '__autotui_at autotui keys' -l markdown -d 'as a table in Markdown'
complete -c autotui -n '__autotui_at autotui keys' -l json -d 'print one JSON value'
complete -c autotui -n '__autotui_at autotui keys' -l jsonl -d 'print a JSON object a line'
complete -c autotui -n '__autotui_at autotui config' -s h -l help -d 'show this help message and exit'
complete -c autotui -n '__autotui_at autotui config' -l home -r -a '(__fish_complete_directories)' -d 'keep config, database and log under DIR'
complete -c autotui -n '__autotui_at autotui config' -l config -r -F -d 'read this config file'
complete -c autotui -n '__autotui_at autotui config' -l json -d 'print one JSON value'
complete -c autotui -n '__autotui_at autotui config' -l jsonl -d 'print a JSON object a line'
complete -c autotui -n '__autotui_at autotui config' -a 'path check show reference'
complete -c autotui -n '__autotui_at autotui unattended' -s h -l help -d 'show this help message and exit'
complete -c autotui -n '__autotui_at autotui unattended' -l home -r -a '(__fish_complete_directories)' -d 'keep config, database and log under DIR'
complete -c autotui -n '__autotui_at autotui unattended' -l config -r -F -d 'read this config file'
complete -c autotui -n '__autotui_at autotui unattended' -l json -d 'print one JSON value'
complete -c autotui -n '__autotui_at autotui unattended' -l jsonl -d 'print a JSON object a line'
complete -c autotui -n '__autotui_at autotui unattended' -a 'service timer'
complete -c autotui -n '__autotui_at autotui doctor' -s h -l help -d 'show this help message and exit'
complete -c autotui -n '__autotui_at autotui doctor' -l home -r -a '(__fish_complete_directories)' -d 'keep config, database and log under DIR'
complete -c autotui -n '__autotui_at autotui doctor' -l config -r -F -d 'read this config file'
complete -c autotui -n '__autotui_at autotui doctor' -l json -d 'print one JSON value'
complete -c autotui -n '__autotui_at autotui doctor' -l jsonl -d 'print a JSON object a line'
complete -c autotui -n '__autotui_at autotui completion' -s h -l help -d 'show this help message and exit'
complete -c autotui -n '__autotui_at autotui completion' -l home -r -a '(__fish_complete_directories)' -d 'keep config, database and log under DIR'
complete -c autotui -n '__autotui_at autotui completion' -l config -r -F -d 'read this config file'
complete -c autotui -n '__autotui_at autotui completion' -a 'bash zsh fish'
complete -c autotui -n '__autotui_at autotui man' -s h -l help -d 'show this help message and exit'
complete -c autotui -n '__autotui_at autotui man' -l home -r -a '(__fish_complete_directories)' -d 'keep config, database and log under DIR'
complete -c autotui -n '__autotui_at autotui man' -l config -r -F -d 'read this config file'
