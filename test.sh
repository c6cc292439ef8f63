#!/usr/bin/env bash
# The whole check of a change:
#   ./test.sh               source checks, the suite (dev preset), the fuzz targets on the kept corpus for a bounded time
#   ./test.sh --sanitizers  the suite under address and undefined-behaviour sanitizers, the threaded parts under the
#                           thread sanitizer
# Options: --no-install (packages are there), --fuzz-seconds N (for each target, 12).
# The last line is "N passed, N failed"; the exit code is 0 when nothing failed.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

sanitizers=false
install=true
fuzz_seconds=12
while [ $# -gt 0 ]; do
    case "$1" in
    --sanitizers) sanitizers=true ;;
    --no-install) install=false ;;
    --fuzz-seconds) fuzz_seconds="$2" && shift ;;
    *) sed -n '2,7s/^# \{0,1\}//p' "$0" && exit 2 ;;
    esac
    shift
done

jobs="$(nproc)"
passed=0
failed=0
failures=()

count() { # name, exit code
    if [ "$2" -eq 0 ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        failures+=("$1")
    fi
}

check() { # name, command...
    local name="$1" output status
    shift
    output="$("$@" 2>&1)"
    status=$?
    count "$name" "$status"
    if [ "$status" -ne 0 ]; then
        printf '%s\n' "$output"
    fi
    printf '%-40s %s\n' "$name" "$([ "$status" -eq 0 ] && echo passed || echo FAILED)"
}

build() { # preset, target...; a preset that does not build counts as one failure
    local preset="$1" log="build/$1.log"
    shift
    mkdir -p build
    printf 'building %s ...\n' "$preset"
    if ! cmake --preset "$preset" >"$log" 2>&1 || ! cmake --build --preset "$preset" --parallel "$jobs" ${1+--target "$@"} >>"$log" 2>&1; then
        grep -E -A 8 'error|FAILED|Error' "$log" | head -n 80
        count "build of $preset" 1
        return 1
    fi
}

run_suite() { # preset, ctest arguments...
    local preset="$1" results="$PWD/build/$1/results.xml" names status
    shift
    rm -f "$results"
    "${without_aslr[@]}" ctest --preset "$preset" --parallel "$jobs" --no-tests=error --output-junit "$results" "$@"
    status=$?
    if [ ! -s "$results" ]; then
        count "ctest of $preset" 1
        return
    fi
    passed=$((passed + $(grep -c '<testcase .*status="run"' "$results")))
    mapfile -t names < <(sed -n 's/.*<testcase name="\([^"]*\)".*status="\(fail\|notrun\)".*/\1/p' "$results")
    failed=$((failed + ${#names[@]}))
    failures+=("${names[@]/#/$preset: }")
    if [ "$status" -ne 0 ] && [ "${#names[@]}" -eq 0 ]; then
        count "ctest of $preset" 1
    fi
}

# Builds what the chosen tests need, and no more.
build_and_run_tsan() { # regular expression of their names
    local tests
    cmake --preset tsan >build/tsan.log 2>&1
    # Some tests are scripts: they are nothing to build.
    mapfile -t tests < <(comm -12 \
        <(ctest --preset tsan -N -R "$1" | sed -n 's/^ *Test *#[0-9]*: \(test_[a-z0-9_]*\)$/\1/p' | sort) \
        <(ninja -C build/tsan -t targets all | sed -n 's/^\(test_[a-z0-9_]*\): phony$/\1/p' | sort))
    build tsan radpost radpost-desktop "${tests[@]}" && run_suite tsan -R "$1"
}

fuzz() {
    local targets name
    cmake --preset fuzz >build/fuzz.log 2>&1
    mapfile -t targets < <(ninja -C build/fuzz -t targets all 2>/dev/null | sed -n 's/^\(fuzz_[a-z0-9_]*\): phony$/\1/p')
    if [ "${#targets[@]}" -eq 0 ]; then
        count "fuzz targets are there" 1
        return
    fi
    build fuzz "${targets[@]}" || return
    printf '%s\n' "${targets[@]#fuzz_}" | xargs -P "$jobs" -I{} scripts/run_fuzzer.sh {} "$fuzz_seconds"
    for name in "${targets[@]#fuzz_}"; do
        check "fuzz $name, $fuzz_seconds s" fuzzer_result "$name"
    done
}

fuzzer_result() { # name; its output, and its exit code
    cat "build/fuzz/$1.log"
    return "$(cat "build/fuzz/$1.status")"
}

# The thread sanitizer of GCC 12 cannot place its shadow when the kernel spreads addresses too far.
without_aslr=()
if $sanitizers && setarch "$(uname -m)" -R true 2>/dev/null; then
    without_aslr=(setarch "$(uname -m)" -R)
fi

if $install && ! scripts/install_packages.sh build test; then
    echo "packages could not be installed" >&2
    exit 1
fi

if $sanitizers; then
    build asan && run_suite asan
    # Everything that has threads, or waits for those of others. Of the desktop: what takes work off the thread of the
    # screen and brings it back, and the whole program; pages and models live on one thread.
    build_and_run_tsan '^test_(core_(base|observe|store|dicom|scan|route|net|web|queue|spool|engine)_|app_|ui_(common|preview|doctor|shell)_|integration_)'
else
    check "format" scripts/check_format.sh
    check "sums of strings" scripts/check_sums.py
    check "sums of strings: the check" scripts/test_check_sums.py
    check "spelling" scripts/check_spelling.sh
    check "translations" scripts/check_translations.sh
    if build dev; then
        run_suite dev
    fi
    # Of the preset that run.sh builds; dev has its modules in shared libraries, for two hundred programs that link them.
    if build release radpost radpost-desktop; then
        check "packages" packaging/linux/check_files.sh build/release
    fi
    fuzz
fi

if [ "$failed" -gt 0 ]; then
    printf 'failed: %s\n' "${failures[@]}"
fi
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
