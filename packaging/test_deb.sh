#!/bin/bash
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
#
# Does the package work where nothing of ours was built? Makes a clean Debian tree, installs the .deb with apt
# alone, opens its window under two policies, and removes it. Needs root and mmdebstrap.
#
#   test_deb.sh [--suite bookworm] [DEB]     the package of ./dev package if none is named
set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
suite=bookworm
[ "${1:-}" != --suite ] || { suite=$2 && shift 2; }
deb=${1:-$(find "$ROOT/build/package" -maxdepth 1 -name 'parvis_*.deb')}
[ -f "$deb" ] || { echo "test_deb: no package '$deb' (./dev package makes one)" >&2; exit 1; }
[ "$EUID" -eq 0 ] || { echo "test_deb: needs root" >&2; exit 1; }
if [ -z "${PARVIS_DEB_INSIDE:-}" ]; then # mounts of our own, that end with us
    PARVIS_DEB_INSIDE=yes exec unshare --mount --propagation private "${BASH_SOURCE[0]}" --suite "$suite" "$deb"
fi

tree=$(mktemp -d /var/tmp/parvis-deb.XXXXXX)
finish() { # a mount that is still there must not be emptied with the tree
    local place
    for place in tmp proc dev; do
        ! mountpoint -q "$tree/$place" || umount -l "$tree/$place"
    done
    rm -rf --one-file-system "$tree"
}
trap finish EXIT
# shellcheck disable=SC2016 # apt's own syntax
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -v security | head -n 1)
mmdebstrap --quiet --variant=minbase "$suite" "$tree" "$mirror"
cp -L /etc/resolv.conf "$tree/etc/resolv.conf"
mount -t proc proc "$tree/proc"
mount --bind /dev "$tree/dev"
inside() { chroot "$tree" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root DEBIAN_FRONTEND=noninteractive "$@"; }

cp "$deb" "$tree/root/parvis.deb"
inside apt-get -q -y update > "$tree/root/apt.log"
inside apt-get -q -y install --no-install-recommends /root/parvis.deb >> "$tree/root/apt.log" 2>&1 \
    || { tail -n 30 "$tree/root/apt.log" >&2; exit 1; }
echo "test_deb: installed, $(du -xsm "$tree" | cut -f1) MB in all"
# shellcheck disable=SC2016 # dpkg's own syntax
if inside dpkg-query -W -f '${Package} ${Version}\n' | grep -E 'bpo|libsqlcipher'; then
    echo "test_deb: something came from backports" >&2
    exit 1
fi

# The window is shown on this machine's display server, so that no package of a test hides one that is missing.
mount --bind /tmp "$tree/tmp"
"$ROOT/cmake/dev/session.sh" -- /usr/bin/python3 "$ROOT/packaging/check_installed.py" "$tree" "$(dirname "$deb")"

umount "$tree/tmp"
inside apt-get -q -y purge --autoremove parvis >> "$tree/root/apt.log" 2>&1
rm -rf "$tree/etc/parvis" "$tree/root/parvis.deb" # the administrator's own, and what we brought
left=$(find "$tree" -mindepth 1 -xdev -iname '*parvis*' -not -path "$tree/proc/*" -not -path "$tree/dev/*" -not -path "$tree/root/*")
[ -z "$left" ] || { echo "test_deb: left behind: $left" >&2; exit 1; }
echo "test_deb: 1 passed, 0 failed"
