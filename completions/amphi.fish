# fish completion for amphi: asks the program, which knows its commands and its catalog.
function __amphi_complete
    set -l words (commandline -opc) (commandline -ct)
    for line in ($words[1] __complete -- $words 2>/dev/null)
        if test "$line" = ":files"
            __fish_complete_path (commandline -ct)
        else
            echo $line
        end
    end
end
complete -c amphi -f -a '(__amphi_complete)'
