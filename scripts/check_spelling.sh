#!/usr/bin/env bash
# codespell over what people read; words it takes for slips are in codespell-ignore.txt.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
codespell --ignore-words scripts/codespell-ignore.txt --skip '*.ts,./build,./bench/results,./tests/data,./.git,./resources/std'
