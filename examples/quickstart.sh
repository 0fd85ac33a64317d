#!/bin/bash
# quickstart.sh : amphi's main job, start to end, on a bare Debian 12.
# Installs the packages it needs (not with AMPHI_NO_INSTALL=1), builds amphi, authors a real DVD image, scans it, starts
# to process it, pulls the plug in the middle of a transcode, and shows that resuming ends in the same library without
# doing a finished step again. Everything it makes lies in .build/release and .cache/quickstart; running it again is fine.
set -euo pipefail
top=$(cd "$(dirname "$(readlink -f "$0")")/.." && pwd)
work=$top/.cache/quickstart
bin=$top/.build/release/cmd/amphi
say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
run() { printf '\033[2m$ amphi %s\033[0m\n' "$*"; amphi "$@"; }
amphi() { "$bin" --config "$work/config.toml" "$@"; }

say "1. Packages, build, a disc"
"$top/examples/install-packages.sh" build run quickstart
cmake -S "$top" --preset release -DAMPHI_TESTS=OFF > /dev/null
cmake --build "$top/.build/release" --target amphi amphi-workers | tail -n 1
AMPHI_FIXTURES=$top/.cache/fixtures "$top/tests/fixtures/prepare.sh" pal
image=$top/.cache/fixtures/pal/disc.iso
echo "A DVD image: $image ($(stat -Lc %s "$image") bytes)"

say "2. A configuration: where rips, transcodes and the library go"
rm -rf "$work"; mkdir -p "$work"/{ripped,transcoded,Movies}
cat > "$work/config.toml" <<X
catalog = "$work/catalog.db"
drives = ["$image"]              # an image stands in for a drive

[folders]
ripped = "$work/ripped"
transcoded = "$work/transcoded"

[transcode]
engine = "handbrake"
preset.dvd = "Very Fast 576p25"

[library]
layout = "plex"
movies = "$work/Movies"
X
cat "$work/config.toml"
run status

say "3. Scan the disc and give it a name"
run disc scan
run disc edit 1 --title "The Quickstart" --year 2001

say "4. Process two titles, and pull the plug in the middle of a transcode"
printf '\033[2m$ amphi process 1 --tracks 1,2   # then kill -9\033[0m\n'
setsid "$bin" --config "$work/config.toml" process 1 --tracks 1,2 --json > "$work/events.jsonl" 2> "$work/events.err" &
started() { jq -e -s --arg e "$1" --arg s "$2" --argjson n "$3" \
  '[.[] | select(.event == $e and .stage == $s)] | length >= $n' "$work/events.jsonl" > /dev/null 2>&1; }
for _ in $(seq 1200); do started progress transcode 3 && started step_finished rip 2 && break; sleep 0.1; done
pkill -KILL -s $!   # its session: the coordinator, the steps and their tools
wait $! 2> /dev/null || true
jq -r 'select(.event == "step_started" or .event == "step_finished") | "\(.event) \(.stage) of track \(.track_id)"' "$work/events.jsonl"
echo "Killed."
run disc show 1
run status

say "5. Resume: the rips that were finished are not made again"
find "$work/ripped" -name '*.mkv' -printf '%f %i %T@\n' | sort > "$work/rips.before"
run process --resume
find "$work/ripped" -name '*.mkv' -printf '%f %i %T@\n' | sort > "$work/rips.after"
cmp "$work/rips.before" "$work/rips.after" && echo "The same $(wc -l < "$work/rips.after") rips, untouched since before the kill."
run process --resume

say "6. The library, verified"
run disc show 1
run track verify --disc 1 --probe
find "$work/Movies" -name '*.mkv' -printf '%P  %s bytes\n'
leftover=$(find "$work" -name '*.amphi-*' | wc -l)
echo "Temporary files left: $leftover"
[ "$leftover" = 0 ]
