#!/bin/bash
# quickstart.sh : amphi's main job, start to end, on a bare Debian 12.
# Installs the packages it needs (not with AMPHI_NO_INSTALL=1), builds amphi, authors a real DVD image, scans it in an
# empty home without a configuration, starts to process it, pulls the plug in the middle of a transcode, and shows that
# resuming goes on without doing a finished step again; then the disc gets a title and a library, and is inserted.
# Everything it makes lies in .build/release and .cache/quickstart; running it again is fine.
set -euo pipefail
top=$(cd "$(dirname "$(readlink -f "$0")")/.." && pwd)
work=$top/.cache/quickstart
bin=$top/.build/release/cmd/amphi
say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
run() { printf '\033[2m$ amphi %s\033[0m\n' "$*"; amphi "$@"; }
amphi() { "$bin" "$@"; }
# Exit 5: what could be done is done, and something waits for you.
waits() { local code=0; run "$@" || code=$?; [ "$code" = 5 ]; }

say "1. Packages, build, a disc"
"$top/examples/install-packages.sh" build run quickstart
cmake -S "$top" --preset release -DAMPHI_TESTS=OFF > /dev/null
cmake --build "$top/.build/release" --target amphi amphi-workers | tail -n 1
AMPHI_FIXTURES=$top/.cache/fixtures "$top/tests/fixtures/prepare.sh" pal
image=$top/.cache/fixtures/pal/disc.iso
echo "A DVD image: $image ($(stat -Lc %s "$image") bytes)"

export HOME=$work/home   # nothing of yours is read or written from here on
unset XDG_DATA_HOME XDG_CONFIG_HOME AMPHI_CATALOG

say "2. An empty home, no configuration: scan the disc"
rm -rf "$work"; mkdir -p "$work/home" "$work/Movies"
run disc scan "$image"

say "3. Process two titles, and pull the plug in the middle of a transcode"
printf '\033[2m$ amphi process 1 --tracks 1,2   # then kill -9\033[0m\n'
setsid "$bin" process 1 --tracks 1,2 --json > "$work/events.jsonl" 2> "$work/events.err" &
started() { jq -e -s --arg e "$1" --arg s "$2" --argjson n "$3" \
  '[.[] | select(.event == $e and .stage == $s)] | length >= $n' "$work/events.jsonl" > /dev/null 2>&1; }
for _ in $(seq 1200); do started progress transcode 3 && started step_finished rip 2 && break; sleep 0.1; done
pkill -KILL -s $!   # its session: the coordinator, the steps and their tools
wait $! 2> /dev/null || true
jq -r 'select(.event == "step_started" or .event == "step_finished") | "\(.event) \(.stage) of track \(.track_id)"' "$work/events.jsonl"
echo "Killed."
run status

say "4. Resume: the rips that were finished are not made again; without a library the inserts wait"
files() { find "$work/home" -name '*.mkv' -path "*/$1/*" -printf '%f %i %T@\n' | sort; }
files ripped > "$work/rips.before"
waits process --resume
files ripped > "$work/rips.after"
cmp "$work/rips.before" "$work/rips.after" && echo "The same $(wc -l < "$work/rips.after") rips, untouched since before the kill."

say "5. A title and a library, and resume: only the inserts run"
mkdir -p "$work/home/.config/amphi"
cat > "$work/home/.config/amphi/config.toml" <<X
[library]
layout = "plex"
movies = "$work/Movies"
X
cat "$work/home/.config/amphi/config.toml"
run disc edit 1 --title "The Quickstart" --year 2001
files transcoded > "$work/transcodes.before"
run process --resume
files transcoded | cmp - "$work/transcodes.before" && echo "The same transcodes, too."
run process --resume

say "6. The library, verified"
run disc show 1
run track verify --disc 1 --probe
find "$work/Movies" -name '*.mkv' -printf '%P  %s bytes\n'
leftover=$(find "$work" -name '*.amphi-*' | wc -l)
echo "Temporary files left: $leftover"
[ "$leftover" = 0 ]
