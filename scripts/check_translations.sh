#!/usr/bin/env bash
# Fails when a catalogue is stale (scripts/update_translations.sh was not run), has an unfinished text, or lrelease warns.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
shopt -s nullglob

lrelease=/usr/lib/qt6/bin/lrelease
[ -x "$lrelease" ] || lrelease=lrelease
scratch="$(mktemp -d)"
trap 'rm -rf "$scratch"' EXIT
cp translations/*.ts "$scratch/"
scripts/update_translations.sh "$scratch"
status=0
for catalogue in translations/*.ts; do
    if ! diff -u "$catalogue" "$scratch/$(basename "$catalogue")"; then
        echo "$catalogue is stale: run scripts/update_translations.sh"
        status=1
    fi
    if grep -n 'type="unfinished"' "$catalogue"; then
        echo "$catalogue has unfinished texts"
        status=1
    fi
    if "$lrelease" "$catalogue" -qm "$scratch/out.qm" 2>&1 | grep -i warning; then
        status=1
    fi
done
exit "$status"
