#!/bin/bash
# tests/mutate.sh [NUMBER...] : applies each mutation of tests/mutations.txt (one changed line) to a copy of the sources,
# builds what it touches and runs the tests named with it; a mutation that no test notices is printed and fails the run.
# AMPHI_MUTATE_SHARE=K/N takes only every N-th, starting at the K-th.
set -euo pipefail
top=$(cd "$(dirname "$(readlink -f "$0")")/.." && pwd)
exec python3 "$top/tests/mutate.py" "$@"
