#!/bin/bash
# full.sh [FILE[.CLASS[.TEST]] ...] : every sweep with every call, nothing sampled, and the table
# `fault | cases | violations`. Needs a release build with the targets amphi amphi-workers amphi-crash amphi-faulty, and
# root with loop devices for the power cuts and the full disks. Takes hours. Left out: all files.
#   AMPHI_BUILD_DIR=DIR   the build (default: .build/release)
#   AMPHI_SWEEP_CASES=N   so many per sweep instead of all
#   AMPHI_JOBS=N          tests at a time (default: the machine's processors)
set -uo pipefail
here=$(dirname "$(readlink -f "$0")")
top=$(readlink -f "$here/../..")
build=$(readlink -f "${AMPHI_BUILD_DIR:-$top/.build/release}")
export AMPHI_BIN=$build/cmd/amphi AMPHI_CRASH_BIN=$build/cmd/amphi-crash AMPHI_AT_CALL=$build/tests/at_call
export AMPHI_READER=$build/cmd/amphi-reader AMPHI_MEDIA=$build/cmd/amphi-media
export AMPHI_FIXTURES=${AMPHI_FIXTURES:-$top/.cache/fixtures} PYTHONDONTWRITEBYTECODE=1
export AMPHI_SWEEP_CASES=${AMPHI_SWEEP_CASES:-all} AMPHI_RANDOM_KILLS=${AMPHI_RANDOM_KILLS:-100}
AMPHI_SWEEP_TABLE=$(mktemp)
export AMPHI_SWEEP_TABLE
trap 'rm -f "$AMPHI_SWEEP_TABLE"' EXIT
"$top/tests/fixtures/prepare.sh" pal crowd bluray
[ $# -gt 0 ] || set -- test_sweep test_power test_errors test_crowd test_controls test_kill
cd "$here" || exit 1

# The name of every test in what was named, one a line.
names() {
  python3 - "$@" <<'END'
import sys, unittest
def walk(suite):
    for item in suite:
        yield from walk(item) if isinstance(item, unittest.TestSuite) else [item]
print("\n".join(test.id() for test in walk(unittest.defaultTestLoader.loadTestsFromNames(sys.argv[1:]))))
END
}

failed=0
names "$@" | xargs -P "${AMPHI_JOBS:-$(nproc)}" -n 1 python3 -m unittest -v || failed=1
printf '\nfault | cases | violations\n---|---|---\n'
sort "$AMPHI_SWEEP_TABLE"
exit $failed
