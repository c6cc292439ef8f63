#!/usr/bin/env bash
# Makes the Debian packages of a build folder (default: build/package) and checks what is in them, without root:
# contents, dependencies, desktop file, metainfo, MIME types, manual pages, lintian. Nothing is installed.
# check_deb.sh installs them on a clean Debian.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
build="$(realpath "${1:-build/package}")"

scratch="$(mktemp -d)"
trap 'rm -rf "$scratch"' EXIT
status=0
complain() {
    echo "$*" >&2
    status=1
}

cmake --build "$build" --target radpost radpost-desktop radpost_package_files >"$scratch/build.log" 2>&1 ||
    { tail -n 40 "$scratch/build.log" >&2 && exit 1; }
# Into a folder of its own: other packages may lie in the build folder. CPACK_DEBIAN_COMPRESSION_TYPE: this is thrown away.
(cd "$build" && cpack -G DEB -B "$scratch/packages" -D CPACK_DEBIAN_COMPRESSION_TYPE=gzip) >"$scratch/cpack.log" 2>&1 ||
    { tail -n 40 "$scratch/cpack.log" >&2 && exit 1; }

for package in radpost radpost-desktop; do
    deb=("$scratch/packages/${package}"_[0-9]*.deb)
    dpkg-deb -x "${deb[0]}" "$scratch/$package"
    dpkg-deb -f "${deb[0]}" Depends >"$scratch/$package.depends"
done
if grep -E 'libqt6(gui|widgets)' "$scratch/radpost.depends"; then
    complain "the command line must not need a display"
fi
for part in libqt6sql6-sqlite libdcmtk libssl3; do
    grep -q "$part" "$scratch/radpost.depends" || complain "radpost does not depend on $part"
done
grep -q 'radpost (= ' "$scratch/radpost-desktop.depends" || complain "radpost-desktop does not depend on radpost"

id="$(basename "$scratch"/radpost-desktop/usr/share/applications/*.desktop .desktop)"
while read -r package file; do
    [ -s "$scratch/$package/usr/$file" ] || complain "$package lacks $file"
done <<LIST
radpost bin/radpost
radpost lib/systemd/system/radpost.service
radpost share/man/man1/radpost.1.gz
radpost share/man/zh_CN/man1/radpost.1.gz
radpost share/bash-completion/completions/radpost
radpost share/doc/radpost/copyright
radpost share/doc/radpost/examples/radpost-alerts.yml
radpost share/doc/radpost/examples/radpost-dashboard.json
radpost share/doc/radpost/changelog.gz
radpost share/doc/radpost/changelog.Debian.gz
radpost-desktop bin/radpost-desktop
radpost-desktop share/icons/hicolor/scalable/apps/$id.svg
radpost-desktop share/icons/hicolor/48x48/apps/$id.png
radpost-desktop share/man/man1/radpost-desktop.1.gz
radpost-desktop share/man/zh_CN/man1/radpost-desktop.1.gz
radpost-desktop share/metainfo/$id.metainfo.xml
radpost-desktop share/mime/packages/radpost-desktop.xml
radpost-desktop share/doc/radpost-desktop/copyright
LIST

desktop="$scratch/radpost-desktop/usr"
desktop-file-validate "$desktop/share/applications/$id.desktop" || complain "the desktop file is not valid"
appstreamcli validate --no-net "$desktop/share/metainfo/$id.metainfo.xml" >"$scratch/appstream.log" ||
    complain "$(cat "$scratch/appstream.log")"
XDG_DATA_DIRS="$desktop/share" update-mime-database "$desktop/share/mime" 2>"$scratch/mime.log" || complain "the MIME types are not valid"
[ ! -s "$scratch/mime.log" ] || complain "$(cat "$scratch/mime.log")"
grep -qi 'application/x-dicomdir:DICOMDIR' "$desktop/share/mime/globs2" || complain "a DICOMDIR is not known by its name"

# The page of the desktop program is written by hand: no option of it may be missing there.
"$desktop/bin/radpost-desktop" --help | grep -oE -- '--[a-z-]+' | sort -u >"$scratch/options"
[ -s "$scratch/options" ] || complain "radpost-desktop --help names no option"
while read -r page; do
    case "$page" in */zh_CN/*) language=zh_CN ;; *) language=en ;; esac
    # A line that cannot be filled or broken (Chinese, long words) is no fault of the page; anything else that groff warns of is.
    warnings="$(LC_ALL=C.UTF-8 MANWIDTH=80 man --warnings -E UTF-8 -l -Tutf8 -Z "$page" 2>&1 >/dev/null | grep -vE "cannot adjust line|can't break line" || true)"
    [ -z "$warnings" ] || complain "$page: $warnings"
    lexgrog "$page" >/dev/null || complain "man -k cannot read $page ($language)"
    case "$page" in
    */radpost-desktop.1.gz)
        while read -r option; do
            zcat "$page" | tr -d '\\' | grep -qF -- "$option" || complain "$page lacks $option"
        done <"$scratch/options"
        ;;
    esac
done < <(find "$scratch/radpost" "$scratch/radpost-desktop" -name '*.1.gz')

# As root lintian says so on standard error, which is no fault of a package.
lintian --fail-on error,warning --suppress-tags initial-upload-closes-no-bugs "$scratch"/packages/*.deb 2>"$scratch/lintian.log" ||
    complain "$(cat "$scratch/lintian.log")"
exit "$status"
