#!/usr/bin/env bash
# Makes a picture of every screen and state, in both languages and both themes, in a real window under Xvfb with a window
# manager: scripts/screenshots.sh [FOLDER], by default build/screenshots.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
folder="${1:-build/screenshots}"

cmake --preset dev >/dev/null
cmake --build --preset dev --target radpost_screenshots >/dev/null
mkdir -p "$folder"
scripts/in_window.sh build/dev/tests/ui/radpost_screenshots "$folder"
