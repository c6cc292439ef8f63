#!/usr/bin/env bash
# Installs what is missing of the named package groups (build, peers, test) with apt; says nothing when all is there.
set -euo pipefail

build=(build-essential ca-certificates cmake ninja-build ccache qt6-base-dev qt6-svg-dev libqt6sql6-sqlite libsqlite3-dev libdcmtk-dev dcmtk
    libssl-dev libcpp-httplib-dev pkg-config libtomlplusplus-dev libarchive-dev libexpected-dev libxxhash-dev zlib1g-dev qt6-l10n-tools qt6-tools-dev
    qt6-tools-dev-tools qt6-translations-l10n)
peers=(dcmtk)
test=(dcmtk orthanc libgdcm-tools openssl python3 python3-pydicom p7zip-full zip sqlite3 git
    clang lld libclang-rt-14-dev clang-format codespell libxml2-utils xvfb xauth openbox xdotool fonts-noto-core fonts-noto-cjk
    lintian desktop-file-utils appstream man-db shared-mime-info)

missing=()
for group in "$@"; do
    declare -n packages="$group"
    for package in "${packages[@]}"; do
        if [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" != installed ]; then
            missing+=("$package")
        fi
    done
done
if [ "${#missing[@]}" -eq 0 ]; then
    exit 0
fi

if ! command -v apt-get >/dev/null; then
    echo "These Debian packages are needed and there is no apt-get to install them: ${missing[*]}" >&2
    exit 1
fi
as_root=()
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "Run as root, or install these packages first: ${missing[*]}" >&2
        exit 1
    fi
    as_root=(sudo)
fi
echo "Installing: ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
# Orthanc's package starts a service of its own; the tests start theirs.
"${as_root[@]}" apt-get -qq update
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
    apt-get -qq -o=Dpkg::Use-Pty=0 install --yes --no-install-recommends "${missing[@]}" >/dev/null
