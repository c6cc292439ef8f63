#!/usr/bin/env bash
# run_fuzzer.sh NAME SECONDS: one fuzz target on the kept corpus. What it prints goes to build/fuzz/NAME.log, its exit
# code to build/fuzz/NAME.status.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

name="$1"
seconds="$2"
scratch="$(mktemp -d)"
trap 'rm -rf "$scratch"' EXIT
mkdir -p "tests/data/fuzz/$name"
"$(find build/fuzz -type f -name "fuzz_$name" -perm -u+x | head -n 1)" -max_total_time="$seconds" -timeout=10 \
    -rss_limit_mb=2048 -print_final_stats=1 -artifact_prefix="$PWD/build/fuzz/crash-$name-" "$scratch" \
    "tests/data/fuzz/$name" >"build/fuzz/$name.log" 2>&1
echo $? >"build/fuzz/$name.status"
