#!/usr/bin/env bash
# Runs a program in a real window under Xvfb, with a window manager: scripts/in_window.sh PROGRAM ARGUMENT…
set -euo pipefail
scratch="$(mktemp -d)"
trap 'rm -rf "$scratch"' EXIT
mkfifo "$scratch/managed"
# The window manager says when it has begun: a window that is opened before has no focus.
scratch="$scratch" xvfb-run --auto-servernum --server-args "-screen 0 1600x2400x24" sh -c '
    openbox --startup "sh -c \"echo >$scratch/managed\"" >/dev/null 2>&1 &
    manager=$!
    read -r line <"$scratch/managed"
    QT_QPA_PLATFORM=xcb "$@"
    status=$?
    kill "$manager"
    exit "$status"' sh "$@"
