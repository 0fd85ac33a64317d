#!/bin/bash
# full.sh [FILE ...] : every sweep with every call, nothing sampled, and the table `fault | cases | violations`.
# Needs a release build with the targets amphi amphi-media amphi-crash amphi-faulty, and root with loop devices for the
# power cuts and the full disks. Takes hours. FILE: test_power and the like; left out: all.
#   AMPHI_BUILD_DIR=DIR   the build (default: .build/release)
#   AMPHI_SWEEP_CASES=N   so many per sweep instead of all
set -uo pipefail
here=$(dirname "$(readlink -f "$0")")
top=$(readlink -f "$here/../..")
build=$(readlink -f "${AMPHI_BUILD_DIR:-$top/.build/release}")
export AMPHI_BIN=$build/cmd/amphi AMPHI_CRASH_BIN=$build/cmd/amphi-crash AMPHI_AT_CALL=$build/tests/at_call
export AMPHI_FIXTURES=${AMPHI_FIXTURES:-$top/.cache/fixtures} PYTHONDONTWRITEBYTECODE=1
export AMPHI_SWEEP_CASES=${AMPHI_SWEEP_CASES:-all} AMPHI_EDITS=${AMPHI_EDITS:-1000} AMPHI_RANDOM_KILLS=${AMPHI_RANDOM_KILLS:-100}
AMPHI_SWEEP_TABLE=$(mktemp)
export AMPHI_SWEEP_TABLE
trap 'rm -f "$AMPHI_SWEEP_TABLE"' EXIT
"$top/tests/fixtures/prepare.sh" pal crowd
[ $# -gt 0 ] || set -- test_sweep test_power test_errors test_crowd test_controls test_kill
cd "$here" || exit 1
failed=0
for file in "$@"; do python3 "$file.py" -v || failed=1; done
printf '\nfault | cases | violations\n---|---|---\n'
cat "$AMPHI_SWEEP_TABLE"
exit $failed
