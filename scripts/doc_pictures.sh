#!/usr/bin/env bash
# Makes the pictures of the desktop in docs/images anew. Look at them before they are committed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT

scripts/screenshots.sh "$folder" >/dev/null
while read -r name scene; do
    cp "$folder/$scene.png" "docs/images/desktop-$name.png"
done <<'LIST'
send send-filled-en-light
send-check send-refused-en-light
send-zh send-checked-zh_CN-light
activity activity-running-en-light
activity-failures activity-failures-en-light
activity-zh-dark activity-running-zh_CN-dark
receipt activity-receipt-en-light
receive receive-studies-en-light
destinations destinations-passed-en-light
doctor-zh destinations-failed-zh_CN-dark
first-start firststart-destination-en-light
first-start-zh firststart-destination-zh_CN-light
settings settings-en-light
LIST
