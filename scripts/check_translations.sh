#!/usr/bin/env bash
# Fails when a catalogue is stale (update_translations was not run), has an unfinished text, or lrelease warns.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
shopt -s nullglob

tools=/usr/lib/qt6/bin
scratch="$(mktemp -d)"
trap 'rm -rf "$scratch"' EXIT
status=0
for catalogue in translations/*.ts; do
    copy="$scratch/$(basename "$catalogue")"
    cp "$catalogue" "$copy"
    "$tools/lupdate" app ui -no-obsolete -locations none -ts "$copy" >"$scratch/log" 2>&1
    if ! diff -u "$catalogue" "$copy"; then
        echo "$catalogue is stale: build the target update_translations"
        status=1
    fi
    if grep -n 'type="unfinished"' "$catalogue"; then
        echo "$catalogue has unfinished texts"
        status=1
    fi
    if "$tools/lrelease" "$catalogue" -qm "$scratch/out.qm" 2>&1 | grep -i warning; then
        status=1
    fi
done
exit "$status"
