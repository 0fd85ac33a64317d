#!/bin/bash
# tests/lint.sh [FILE...] : clang-tidy over the program's sources (or the files given), as .clang-tidy says.
# Files that are as they were when they last passed are not looked at again.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
build=.build/release
[ -f $build/compile_commands.json ] || cmake --preset release > /dev/null
stamps=${XDG_CACHE_HOME:-$HOME/.cache}/amphi-lint; mkdir -p $stamps
headers=$(cat .clang-tidy include/amphi/*.hpp lib/*/*.hpp cmd/*.hpp cmd/*/*.hpp 2>/dev/null | sha256sum | cut -d' ' -f1)
[ $# -gt 0 ] || mapfile -t files < <(git ls-files 'lib/*.cpp' 'cmd/*.cpp')
[ $# -eq 0 ] || files=("$@")
todo=()
for file in "${files[@]}"; do
  stamp=$stamps/$(echo "$headers $(sha256sum "$file")" | sha256sum | cut -c1-32)
  [ -e "$stamp" ] || todo+=("$file $stamp")
done
echo "lint: ${#todo[@]} of ${#files[@]} files to look at"
[ ${#todo[@]} -eq 0 ] && exit 0
printf '%s\n' "${todo[@]}" | xargs -P "$(nproc)" -L 1 sh -c \
  'clang-tidy --quiet -p '$build' "$0" > "$1.out" 2> /dev/null && mv "$1.out" "$1" || { cat "$1.out"; rm -f "$1.out"; exit 1; }'
echo "lint: clean"
