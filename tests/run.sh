#!/bin/bash
# tests/run.sh : passes the tests on a bare Debian 12. Installs the packages (not with AMPHI_NO_INSTALL=1), checks the
# format, builds for release and with sanitizers, runs everything with ctest (the kills and the longest scenarios with the
# release build, all else with sanitizers), looks for races of threads, fuzzes every parser for a minute or half of one, and
# lints.
# tests/run.sh ROOM|FILE[.CLASS]... : builds and runs only that room's unit tests ("plan") or that scenario ("test_cd",
# "tests/cli/test_cd.py", "test_cd.AudioCd"), with the build that the whole run uses for it. Installs nothing.
#   AMPHI_JOBS=N          parallel jobs (default: the machine's processors)
#   AMPHI_STAGES="..."    only these of: format release debug tsan fuzz lint (default: all)
set -euo pipefail
top=$(cd "$(dirname "$(readlink -f "$0")")/.." && pwd)
cd "$top"
export PATH=$PATH:/usr/sbin:/sbin   # mkfs, setquota and their like; not every user's PATH names it
jobs=${AMPHI_JOBS:-$(nproc)}

if [ $# -gt 0 ]; then exec python3 tests/one.py "$jobs" "$@"; fi

stages=" ${AMPHI_STAGES:-format release debug tsan fuzz lint} "
took=() said= since=0
step() {
  [[ -z $said ]] || took+=("$(printf '%6s s  %s' $((SECONDS - since)) "$said")")
  said=$1 since=$SECONDS
  printf '\n== %s (%s s)\n' "$1" "$SECONDS"
}
trap 'step "end"; printf "%s\n" "${took[@]}"' EXIT   # what took how long, whether it went well or not
wanted() { [[ $stages == *" $1 "* ]]; }

step "packages"
examples/install-packages.sh build run quickstart test "test-$(dpkg --print-architecture)"

if wanted format; then
  step "format"
  git ls-files '*.cpp' '*.hpp' | xargs clang-format --dry-run --Werror
fi

if wanted release; then
  step "build for release"
  cmake --preset release
  cmake --build --preset release -j "$jobs" --target scenario-programs amphi-faulty
  cmake --build --preset release -j "$jobs" --target manual
  step "kills, power cuts, errors and crowds; the longest scenarios"
  ctest --preset release -j "$jobs" -L 'crash|release'
fi

if wanted debug; then
  step "build with address and undefined behaviour sanitizers"
  cmake --preset debug
  cmake --build --preset debug -j "$jobs"
  step "every other test with sanitizers"
  ctest --preset debug -j "$jobs" -LE 'crash|release'
fi

if wanted tsan; then
  step "what has threads, with the thread sanitizer"
  cmake --preset tsan
  cmake --build --preset tsan -j "$jobs" --target unit_reader unit_media unit_process
  ctest --preset tsan -R '^unit\.(reader|media|process)$'
fi

if wanted fuzz; then
  step "fuzz every parser"
  tests/fuzz/run.sh 60
fi

if wanted lint; then
  step "lint"
  CI=1 tests/lint.sh
fi
