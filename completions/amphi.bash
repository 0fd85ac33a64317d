# bash completion for amphi: asks the program, which knows its commands and its catalog.
_amphi() {
  local current=${COMP_LINE:0:COMP_POINT} words=() word value files="" IFS=$' \t\n'
  # bash splits words at colons; amphi's own words (dvd-a1b2c3d:1) are those between blanks.
  read -ra words <<<"$current"
  [[ $current == *[[:blank:]] ]] && words+=("")
  word=${words[${#words[@]} - 1]}
  local colon=""
  [[ $word == *:* && $COMP_WORDBREAKS == *:* ]] && colon=${word%"${word##*:}"}
  COMPREPLY=()
  while IFS=$'\t' read -r value _; do
    if [[ $value == :files ]]; then
      files=1
    elif [[ -n $value ]]; then
      COMPREPLY+=("$(printf '%q' "${value#"$colon"}")")
    fi
  done < <("${words[0]}" __complete -- "${words[@]}" 2>/dev/null)
  if [[ -n $files ]]; then
    compopt -o filenames 2>/dev/null
    while IFS= read -r value; do COMPREPLY+=("$value"); done < <(compgen -f -- "$word")
  fi
}
complete -F _amphi amphi
