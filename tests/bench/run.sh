#!/bin/bash
# tests/bench/run.sh [NAME...] : measures amphi against yardsticks of this machine, both sides in turn in one run, and
# prints a table of medians and ratios. Names: start show fingerprint folder log rip process overlap memory. AMPHI_BENCH_RUNS=15.
# What it needs once (a catalog of 100,000 discs, a title of 1 GB) is kept in .cache/bench.
set -euo pipefail
top=$(cd "$(dirname "$(readlink -f "$0")")/../.." && pwd)
cd "$top"
examples/install-packages.sh build run quickstart test > /dev/null
cmake --preset release > /dev/null
cmake --build --preset release | tail -n 1
# Measured is what users run: the installed program, read back from the disk as after a boot. (A file that was just
# written lies in the page cache in small pieces and is slower to start.)
rm -rf .cache/bench/installed
cmake --install .build/release --prefix "$top/.cache/bench/installed" > /dev/null
for program in .cache/bench/installed/bin/amphi .cache/bench/installed/libexec/amphi/amphi-{reader,media}; do
  sync "$program"
  dd if="$program" iflag=nocache count=0 of=/dev/null 2> /dev/null   # out of the page cache
done
AMPHI_FIXTURES=$top/.cache/fixtures tests/fixtures/prepare.sh
exec python3 tests/bench/bench.py "$@"
