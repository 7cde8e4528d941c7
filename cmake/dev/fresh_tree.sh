#!/bin/bash
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
#
# Does './dev COMMAND' work on a machine that has nothing but git? Makes a minimal Debian tree, clones
# this repository's HEAD into it and types that one command there. Needs root and mmdebstrap.
#
#   fresh_tree.sh [--suite bookworm] [--user] [--keep DIR] [--ccache DIR] COMMAND [ARGUMENTS]
#
#   --user    as an unprivileged person with sudo rather than as root
#   --keep    where the tree stays; it is used again as it is if it is there already
#   --ccache  a compiler cache to share between several trees
set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
suite=bookworm user="" keep="" ccache=""
while [[ ${1:-} == --* ]]; do
    case $1 in
        --suite) suite=$2 && shift ;;
        --user) user=yes ;;
        --keep) keep=$2 && shift ;;
        --ccache) ccache=$2 && shift ;;
        *) echo "fresh_tree: no option '$1'" >&2 && exit 2 ;;
    esac
    shift
done
[ $# -gt 0 ] || set -- test
[ "$EUID" -eq 0 ] || { echo "fresh_tree: needs root" >&2; exit 1; }
command -v mmdebstrap > /dev/null || apt-get install -y -qq --no-install-recommends mmdebstrap

tree=${keep:-$(mktemp -d /var/tmp/parvis-tree.XXXXXX)}
[ -n "$keep" ] || trap 'rm -rf --one-file-system "$tree"' EXIT
size() { du -xsm "$tree" | cut -f1; }

if [ ! -e "$tree/etc/debian_version" ]; then
    # shellcheck disable=SC2016 # apt's own syntax
    # The mirror that this machine's apt uses; the security archive has other suites.
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -v security | head -n 1)
    began=$SECONDS
    mmdebstrap --quiet --variant=minbase --include=git,ca-certificates${user:+,sudo} "$suite" "$tree" "$mirror"
    echo "fresh_tree: $suite in $((SECONDS - began)) s, $(size) MB"
fi

# How this machine reaches the network is no part of the question.
cp -L /etc/resolv.conf "$tree/etc/resolv.conf"
cp -L /etc/ssl/certs/ca-certificates.crt "$tree/etc/ssl/certs/ca-certificates.crt"
home=/root
if [ -n "$user" ]; then
    home=/srv/person
    [ -d "$tree$home" ] || chroot "$tree" useradd --create-home --home-dir "$home" --shell /bin/bash person
    echo 'person ALL=(ALL) NOPASSWD: ALL' > "$tree/etc/sudoers.d/person"
fi
[ ! -e ~/.npmrc ] || cp ~/.npmrc "$tree$home/.npmrc"
rm -rf "$tree$home/parvis"
git -c safe.directory='*' clone -q --no-hardlinks "$ROOT" "$tree$home/parvis"
[ -z "$user" ] || chroot "$tree" chown -R person: "$home"
before=$(size)
began=$SECONDS
code=0
# A process namespace: whatever the command leaves behind ends with it, and the report says so.
unshare --mount --pid --fork --kill-child /bin/bash -eu -s "$tree" "$home" "$user" "$ccache" "$@" <<'INSIDE' || code=$?
tree=$1 home=$2 user=$3 ccache=$4
shift 4
mount -t proc proc /proc # ps below must see this namespace alone
mount -t proc proc "$tree/proc"
mount --rbind /dev "$tree/dev"
mount -t tmpfs -o mode=1777 tmpfs "$tree/tmp"
settings=(HOME="$home" PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin TERM=dumb)
for name in NODE_EXTRA_CA_CERTS http_proxy https_proxy no_proxy CI PARVIS_JOBS; do
    [ -z "${!name:-}" ] || settings+=("$name=${!name}")
done
if [ -n "$ccache" ]; then
    mkdir -p "$ccache" "$tree/var/ccache"
    chmod 1777 "$ccache"
    mount --bind "$ccache" "$tree/var/ccache"
    settings+=(CCACHE_DIR=/var/ccache CCACHE_UMASK=000)
fi
code=0
chroot ${user:+--userspec=person:person} "$tree" /usr/bin/env -i "${settings[@]}" \
    /bin/bash -c 'cd ~/parvis && exec ./dev "$@"' dev "$@" < /dev/null || code=$?
left=$(ps -eo pid=,args= | awk '$1 != 1 && !/ps -eo|awk|bash -eu -s/' || true)
[ -z "$left" ] || echo "fresh_tree: left behind: $left"
exit "$code"
INSIDE
echo "fresh_tree: ./dev $* ended with $code after $((SECONDS - began)) s; the tree grew from $before to $(size) MB"
exit "$code"
