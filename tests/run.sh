#!/bin/bash
# tests/run.sh : passes the tests on a bare Debian 12. Installs the packages (not with AMPHI_NO_INSTALL=1), checks the
# format, builds with sanitizers and for release, and runs everything with ctest.
#   AMPHI_JOBS=N       parallel jobs (default: the machine's processors)
#   AMPHI_ONLY=REGEX   only tests whose name fits, in the sanitizer build; skips the rest
set -euo pipefail
top=$(cd "$(dirname "$(readlink -f "$0")")/.." && pwd)
cd "$top"
jobs=${AMPHI_JOBS:-$(nproc)}
step() { printf '\n== %s (%s s)\n' "$1" "$SECONDS"; }

step "packages"
examples/install-packages.sh build run quickstart test

if [ -n "${AMPHI_ONLY:-}" ]; then
  cmake --preset debug > /dev/null
  cmake --build --preset debug -j "$jobs"
  exec ctest --preset debug -j "$jobs" -R "$AMPHI_ONLY"
fi

step "format"
git ls-files '*.cpp' '*.hpp' | xargs clang-format --dry-run --Werror

step "build with address and undefined behaviour sanitizers"
cmake --preset debug > /dev/null
cmake --build --preset debug -j "$jobs" | tail -n 3

step "build for release"
cmake --preset release > /dev/null
cmake --build --preset release -j "$jobs" | tail -n 3

step "tests with sanitizers"
ctest --preset debug -j "$jobs"

step "tests of the release build: what is installed, the README, the quickstart"
ctest --preset release -j "$jobs" -L release

step "lint"
tests/lint.sh

step "done"
