#!/bin/bash
# tests/coverage.sh [MINIMUM] : builds with counters, runs the tests, and demands MINIMUM per cent (85) of the lines of lib.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
jobs=${AMPHI_JOBS:-$(nproc)}
cmake --preset coverage > /dev/null
cmake --build --preset coverage -j "$jobs" | tail -n 1
find .build/coverage -name '*.gcda' -delete
ctest --preset coverage -j "$jobs" -LE crash --output-on-failure   # a killed program counts nothing
gcovr --root . --filter 'lib/' --object-directory .build/coverage -j "$jobs" --print-summary --fail-under-line "${1:-85}" .build/coverage
