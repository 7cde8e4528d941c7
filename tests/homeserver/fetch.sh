#!/bin/bash
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
#
# Fetches Synapse (and the Python it wants) from Debian's moving suite into the user's cache and
# prints the tree's path. Needs no root and leaves the host's apt alone: a private apt state
# resolves the packages, dpkg-deb unpacks them, no maintainer script runs.
#
#   fetch.sh            the newest tree of the cache, else fetch one
#   fetch.sh --refresh  fetch even if the cache has one
#
# If the mirror cannot give one, the archive $PARVIS_SYNAPSE_ARCHIVE (synapse-VERSION.tar.zst) is
# unpacked instead; without that variable, $PARVIS_SHARED/testbed/synapse-*.tar.zst.
set -euo pipefail

MINIMUM=1.160
SUITE=${PARVIS_SYNAPSE_SUITE:-sid}
CACHE=${PARVIS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/parvis}

# Packages that only maintainer scripts, logins or a booting machine would want.
SKIP='^(adduser|debconf|passwd|login|login\.defs|login-defs|mount|util-linux|util-linux-extra|systemd.*|libsystemd-shared|init-system-helpers|dpkg|apt|tar|gzip|perl-base|bash|dash|coreutils.*|sed|grep|findutils|hostname|ncurses-.*|debianutils|diffutils|base-files|base-passwd|bsdutils|sysvinit-utils|ieee-data|wget|libdebconfclient0|libpam.*|libsemanage.*|libsepol.*|cron.*|lsb-base|gcc-.*-base|python3-pip|libc-gconv-modules-extra|libapt-pkg.*|sqv|debian-archive-keyring)_'

say() { echo "fetch: $*" >&2; }

newest() { # the newest complete tree; a tree gets its final name only when it is complete
    find "$CACHE" -maxdepth 1 -type d -name 'synapse-[0-9]*' 2>/dev/null | sort -V | tail -n 1
}

mirror() { # as the host's apt has it; the security archive has no moving suite
    # shellcheck disable=SC2016 # apt fills it in
    { apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages'
      sed -nE 's/^deb +(\[[^]]*\] +)?([^ ]+) .*/\2/p' /etc/apt/sources.list /etc/apt/sources.list.d/*.list
      sed -nE 's/^URIs: *([^ ]+).*/\1/p' /etc/apt/sources.list.d/*.sources
    } 2>/dev/null | grep -v security | head -n 1
}

private_apt() { # DIR: an apt that knows nothing of the host but its mirror
    local a=$1 arch uri
    arch=$(dpkg --print-architecture)
    uri=$(mirror)
    [ -n "$uri" ] || { say "no Debian mirror in apt's configuration"; return 1; }
    mkdir -p "$a"/{etc/apt.conf.d,etc/preferences.d,etc/sources.list.d,etc/trusted.gpg.d,lists/partial,cache/archives/partial,log}
    : > "$a/status" # an empty dpkg status: the whole closure is fetched
    echo "deb [arch=$arch signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $uri $SUITE main" > "$a/etc/sources.list"
    # The host's own apt.conf.d (proxies, odd certificates) stays in force through Dir::Etc::parts.
    cat > "$a/apt.conf" <<CONF
Dir::Etc::sourcelist "$a/etc/sources.list";
Dir::Etc::sourceparts "$a/etc/sources.list.d";
Dir::Etc::preferences "$a/etc/none";
Dir::Etc::preferencesparts "$a/etc/preferences.d";
Dir::State "$a";
Dir::State::lists "$a/lists";
Dir::State::status "$a/status";
Dir::Cache "$a/cache";
Dir::Log "$a/log";
APT::Architecture "$arch";
APT::Architectures { "$arch"; };
APT::Install-Recommends "false";
APT::Sandbox::User "";
APT::Update::Post-Invoke-Success "";
Acquire::Languages "none";
Acquire::Retries "2";
Acquire::Check-Valid-Until "false";
Debug::NoLocking "true";
CONF
}

from_mirror() { # DIR
    local tree=$1 a=$1/.apt deb
    private_apt "$a" || return 1
    (
        export APT_CONFIG=$a/apt.conf
        apt-get -qq update >&2 || exit 1
        apt-get -qq -y --download-only install matrix-synapse python3-authlib python3 ca-certificates libc6 >/dev/null
    ) || return 1
    for deb in "$a"/cache/archives/*.deb; do
        grep -Eq "$SKIP" <<< "${deb##*/}" && continue
        dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$tree" --no-same-owner \
            --exclude='./usr/share/man' --exclude='./usr/share/locale' --exclude='./usr/share/lintian' \
            --exclude='./usr/share/doc/*/changelog*' --exclude='./usr/share/doc/*/NEWS*' \
            --exclude='./usr/share/bash-completion' --exclude='./usr/include' \
            --exclude='*.a' --exclude='*.pyi' || return 1
        echo "${deb##*/}" >> "$tree/MANIFEST"
    done
    rm -rf "$a"
}

from_archive() { # DIR
    local archive=${PARVIS_SYNAPSE_ARCHIVE:-}
    if [ -z "$archive" ] && [ -n "${PARVIS_SHARED:-}" ]; then
        archive=$(find "$PARVIS_SHARED/testbed" -maxdepth 1 -name 'synapse-*.tar.zst' | sort -V | tail -n 1)
    fi
    [ -n "$archive" ] || { say "and neither PARVIS_SYNAPSE_ARCHIVE nor PARVIS_SHARED names an archive"; return 1; }
    say "unpacking $archive"
    tar -C "$1" --zstd -x --no-same-owner -f "$archive"
}

finish() { # DIR: what base-files and postinst would have done; prints the version
    local tree=$1 link here
    here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
    for link in lib lib64 bin sbin; do
        [ -e "$tree/$link" ] || { [ -e "$tree/usr/$link" ] && ln -s "usr/$link" "$tree/$link"; } || true
    done
    # Without .pyc a start takes 4 s rather than 1.3. Not -j 2: workers would run python without its loader.
    PARVIS_SYNAPSE_ROOT=$tree nice "$here/synapse-python" -m compileall -q -j 1 \
        "$tree"/usr/lib/python3 "$tree"/usr/lib/python3.* > /dev/null 2>&1 || true
    PARVIS_SYNAPSE_ROOT=$tree "$here/synapse-python" -c 'import importlib.metadata as m; print(m.version("matrix-synapse"))' 2>/dev/null
}

main() {
    local tree temp version way
    mkdir -p "$CACHE"
    if [ "${1:-}" != --refresh ]; then
        tree=$(newest)
        [ -z "$tree" ] || { echo "$tree"; return; }
    fi
    exec 9> "$CACHE/synapse.lock"
    flock 9
    if [ "${1:-}" != --refresh ]; then # somebody else may have fetched it while we waited
        tree=$(newest)
        [ -z "$tree" ] || { echo "$tree"; return; }
    fi
    for way in from_mirror from_archive; do
        temp=$(mktemp -d "$CACHE/tmp-synapse.XXXXXX")
        # shellcheck disable=SC2064 # the folder of now
        trap "rm -rf '$temp'" EXIT
        if $way "$temp" && version=$(finish "$temp") && [ -n "$version" ] \
            && printf '%s\n' "$MINIMUM" "$version" | sort -VC; then
            chmod 755 "$temp"
            rm -rf "$CACHE/synapse-$version"
            mv "$temp" "$CACHE/synapse-$version"
            say "Synapse $version"
            echo "$CACHE/synapse-$version"
            return
        fi
        say "$way did not give Synapse >= $MINIMUM (got: ${version:-nothing})"
        rm -rf "$temp"
    done
    return 1
}

main "$@"
