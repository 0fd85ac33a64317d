#!/bin/bash
# install-packages.sh WHO... : installs the Debian packages of packages.txt whose first word is one of WHO.
# Does nothing with AMPHI_NO_INSTALL=1, and nothing when all are there.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
[ "${AMPHI_NO_INSTALL:-0}" = 1 ] && { echo "packages: not touched (AMPHI_NO_INSTALL=1)"; exit 0; }
wanted=()
for who in "$@"; do
  while read -r group package; do [ "$group" = "$who" ] && wanted+=("$package"); done < "$here/packages.txt"
done
missing=()
for package in "${wanted[@]}"; do
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
done
[ ${#missing[@]} = 0 ] && { echo "packages: all ${#wanted[@]} are installed"; exit 0; }
echo "packages: installing ${missing[*]}"
root=(); [ "$(id -u)" = 0 ] || root=(sudo)
"${root[@]}" apt-get update -q
DEBIAN_FRONTEND=noninteractive "${root[@]}" apt-get install -q -y --no-install-recommends "${missing[@]}"
