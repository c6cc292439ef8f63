#!/usr/bin/env bash
# Builds Radpost and shows its main job: synthetic studies are sent over the network to a real receiver, and the receipt
# says what arrived. On a fresh Debian 12 it installs what the build needs first. Arguments go to `radpost demo`.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

scripts/install_packages.sh build peers

log="build/run.log"
mkdir -p build
echo "Building Radpost (first time: some minutes; log in $log)"
if ! { cmake --preset release && cmake --build --preset release --target radpost; } >"$log" 2>&1; then
    tail -n 40 "$log" >&2
    exit 1
fi
exec build/release/app/cli/radpost demo "$@"
