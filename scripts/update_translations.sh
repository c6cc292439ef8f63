#!/usr/bin/env bash
# Brings the catalogues in translations/ (or the folder given) up to date with the texts in the sources.
set -euo pipefail
folder="$(realpath "${1:-$(dirname "${BASH_SOURCE[0]}")/../translations}")"
cd "$(dirname "${BASH_SOURCE[0]}")/.."
shopt -s nullglob

lupdate=/usr/lib/qt6/bin/lupdate
[ -x "$lupdate" ] || lupdate=lupdate
sources=(app)
[ -d ui ] && sources+=(ui)

"$lupdate" "${sources[@]}" -I . -no-obsolete -locations none -silent -target-language zh_CN \
    -ts "$folder/radpost_zh_CN.ts"
# English texts are the source; only plurals need a catalogue.
"$lupdate" "${sources[@]}" -I . -no-obsolete -locations none -silent -target-language en_US -pluralonly \
    -ts "$folder/radpost_en.ts"
