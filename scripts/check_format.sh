#!/usr/bin/env bash
# Fails, and names the lines, where a source file is not as .clang-format (version 14, Debian 12) would have it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
find core app ui tests bench -path core/dicom/std -prune -o \( -name '*.cpp' -o -name '*.h' \) -print | sort |
    xargs clang-format --dry-run -Werror
