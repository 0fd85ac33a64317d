#!/bin/bash
# tests/bench/run.sh [NAME...] : measures amphi against yardsticks of this machine, both sides in turn in one run, and
# prints a table of medians and ratios. Names: start show fingerprint rip process overlap memory. AMPHI_BENCH_RUNS=15.
# What it needs once (a catalog of 100,000 discs, a title of 1 GB) is kept in .cache/bench.
set -euo pipefail
top=$(cd "$(dirname "$(readlink -f "$0")")/../.." && pwd)
cd "$top"
examples/install-packages.sh build run quickstart test > /dev/null
cmake --preset release > /dev/null
cmake --build --preset release --target amphi amphi-media bench_catalog | tail -n 1
AMPHI_FIXTURES=$top/.cache/fixtures tests/fixtures/prepare.sh
exec python3 tests/bench/bench.py "$@"
