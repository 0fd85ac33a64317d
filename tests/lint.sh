#!/bin/bash
# tests/lint.sh [FILE...] : clang-tidy over the program's sources (or the files given), as .clang-tidy says.
# Files that are as they were when they last passed are not looked at again. In CI, where nothing has passed before and
# every file would take a quarter of an hour, those that the last eight commits changed, the latest first, 32 at most.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
# Configured only, never built; clang cannot read what g++ has compiled of the headers.
build=.build/lint
cmake -S . -B $build -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON -DAMPHI_TESTS=OFF > /dev/null
stamps=${XDG_CACHE_HOME:-$HOME/.cache}/amphi-lint; mkdir -p $stamps
headers=$(cat .clang-tidy include/amphi/*.hpp lib/*/*.hpp cmd/*.hpp cmd/*/*.hpp 2>/dev/null | sha256sum | cut -d' ' -f1)
if [ $# -eq 0 ] && [ -n "${CI:-}" ] && git rev-parse -q --verify HEAD~8 > /dev/null; then
  mapfile -t files < <(git log -m --first-parent --format= --name-only --diff-filter=d HEAD~8.. -- 'lib/*.cpp' 'cmd/*.cpp' |
    awk '!seen[$0]++' | while read -r file; do [ ! -e "$file" ] || echo "$file"; done)
  [ ${#files[@]} -le 32 ] || echo "lint: $((${#files[@]} - 32)) files more are left to whoever changed them: tests/lint.sh"
  files=("${files[@]:0:32}")
elif [ $# -eq 0 ]; then
  mapfile -t files < <(git ls-files 'lib/*.cpp' 'cmd/*.cpp')
fi
[ $# -eq 0 ] || files=("$@")
todo=()
for file in "${files[@]}"; do
  stamp=$stamps/$(echo "$headers $(sha256sum "$file")" | sha256sum | cut -c1-32)
  [ -e "$stamp" ] || todo+=("$file $stamp")
done
echo "lint: ${#todo[@]} of ${#files[@]} files to look at"
[ ${#todo[@]} -eq 0 ] && exit 0
printf '%s\n' "${todo[@]}" | xargs -P "$(nproc)" -L 1 sh -c \
  'clang-tidy --quiet --extra-arg=-Wno-unknown-warning-option -p '$build' "$0" > "$1.out" 2> /dev/null && mv "$1.out" "$1" || { cat "$1.out"; rm -f "$1.out"; exit 1; }'
echo "lint: clean"
