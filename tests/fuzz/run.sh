#!/bin/bash
# tests/fuzz/run.sh [SECONDS] [NAME...] : builds the fuzz targets (clang, address and undefined behaviour sanitizers),
# makes their seeds and runs each, or those named, for SECONDS (60; some half of it), two at a time. A crash, leak, hang
# (10 s for one input) or 2 GB of memory fails the run and leaves the input in .build/fuzz/found.
#   --until-still    instead of SECONDS: each until it has run 30 CPU-minutes and found nothing new for 10
#   AMPHI_JOBS=N     parallel jobs of the build, and targets at a time (default: 2)
set -euo pipefail
top=$(cd "$(dirname "$(readlink -f "$0")")/../.." && pwd)
cd "$top"
export AMPHI_FIXTURES=${AMPHI_FIXTURES:-$top/.cache/fixtures}
tests/fixtures/prepare.sh pal nasty bluray
cmake --preset fuzz > /dev/null
cmake --build --preset fuzz -j "${AMPHI_JOBS:-2}" --target fuzz
exec python3 tests/fuzz/fuzz.py "$@"
