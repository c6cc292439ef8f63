#!/usr/bin/env bash
# Installs the packages on a clean Debian 12, works with them, removes them, and compares what is left with what was:
#   packaging/linux/check_deb.sh [FOLDER OF .deb FILES]     by default build/package/packages
# Needs root and debootstrap, and the network for what the packages depend on. RADPOST_CLEAN_ROOT names a fresh minbase
# root that is there already; it is copied, not changed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
packages="$(realpath "${1:-build/package/packages}")"
if [ "$(id -u)" -ne 0 ] || ! command -v debootstrap >/dev/null; then
    echo "this needs root and debootstrap" >&2
    exit 2
fi

scratch="$(mktemp -d)"
root="$scratch/root"
finish() {
    umount "$root/dev/pts" "$root/dev" "$root/sys" "$root/proc" 2>/dev/null || true
    if grep -q " $root/" /proc/mounts; then
        echo "still mounted, so left alone: $root" >&2
    else
        rm -rf --one-file-system "$scratch"
    fi
}
trap finish EXIT
inside() {
    chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"
}
# Programs, documents and data: what a package manager owns. Caches and logs are the system's.
listing() {
    (cd "$root" && find . -xdev \( -path ./proc -o -path ./sys -o -path ./dev -o -path ./run -o -path ./tmp -o -path ./root \
        -o -path ./var/cache -o -path ./var/log -o -path ./var/lib/dpkg -o -path ./var/lib/apt \) -prune -o -print) | sort
}

if [ -n "${RADPOST_CLEAN_ROOT:-}" ]; then
    cp -a --one-file-system "$RADPOST_CLEAN_ROOT" "$root"
else
    debootstrap --variant=minbase bookworm "$root" >"$scratch/debootstrap.log"
fi
# How this machine reaches the mirrors.
cp /etc/resolv.conf /etc/hosts "$root/etc/"
cp /etc/apt/apt.conf.d/*artifact* /etc/apt/apt.conf.d/*proxy* "$root/etc/apt/apt.conf.d/" 2>/dev/null || true
mount -t proc proc "$root/proc"
mount --bind /sys "$root/sys"
mount --bind /dev "$root/dev"
mount --bind /dev/pts "$root/dev/pts"
mkdir "$root/tmp/packages"
cp "$packages"/*.deb "$root/tmp/packages/"

inside apt-get -qq update
# What the check itself needs, and what the packages need: both are there before, so that the rest is ours alone.
inside apt-get -qq install --yes --no-install-recommends man-db xvfb xauth xdotool procps >/dev/null 2>&1
needed="$(for deb in "$packages"/*.deb; do dpkg-deb -f "$deb" Depends; done | tr ',' '\n' |
    sed 's/|.*//; s/(.*//; s/ //g' | grep -v '^radpost' | sort -u)"

echo "== command line alone"
inside sh -c 'apt-get -qq install --yes --no-install-recommends /tmp/packages/radpost_*.deb' >/dev/null
if inside dpkg-query -W -f '${db:Status-Status}\n' libqt6gui6 2>/dev/null | grep -q '^installed'; then
    echo "the command line brought Qt Gui with it" >&2
    exit 1
fi
inside radpost --version
inside radpost demo --no-storescp --lang en >"$scratch/demo.log" || { cat "$scratch/demo.log" >&2 && exit 1; }
tail -n 3 "$scratch/demo.log"
inside apt-get -qq purge --yes radpost >/dev/null

# shellcheck disable=SC2086
inside apt-get -qq install --yes --no-install-recommends $needed >/dev/null 2>&1
listing >"$scratch/before"

echo "== desktop"
inside sh -c 'apt-get -qq install --yes --no-install-recommends /tmp/packages/*.deb' >/dev/null
inside radpost-desktop --version
# minbase leaves documents out; the pages are read from the packages then.
for deb in "$packages"/*.deb; do
    dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$scratch" --wildcards './usr/share/man/*'
done
mkdir "$root/tmp/man" && cp -r "$scratch/usr/share/man/." "$root/tmp/man/"
for page in radpost radpost-desktop; do
    inside man -M /tmp/man "$page" | grep -q . || { echo "no manual page of $page" >&2 && exit 1; }
done
cat >"$root/tmp/window.sh" <<'WINDOW'
set -eu
radpost-desktop --lang en &
program=$!
trap 'kill "$program" 2>/dev/null || true' EXIT
id="$(timeout 30 xdotool search --sync --onlyvisible --name Radpost | head -n 1)"
xdotool getwindowname "$id"
xdotool getwindowgeometry "$id"
kill -0 "$program"
WINDOW
inside timeout 90 xvfb-run --auto-servernum sh /tmp/window.sh

echo "== removed"
inside apt-get -qq purge --yes radpost-desktop radpost >/dev/null
listing >"$scratch/after"
diff "$scratch/before" "$scratch/after" || { echo "something is left, or gone" >&2 && exit 1; }
echo "nothing is left"
