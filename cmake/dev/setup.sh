# shellcheck shell=bash
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
#
# Installs what is missing. Nothing is asked of the network while everything is there.
. cmake/dev/packages.sh

# SQLite 3.44: Debian 12's own SQLCipher has 3.15.
SQLCIPHER_FLOOR=4.5.6

dev_setup() {
    local before=$SECONDS
    install_lists build lint test run package fuzz
    [ "${INSTALLED:-0}" -gt 0 ] || say "everything is there"
    [ "$before" -eq "$SECONDS" ] || say "took $((SECONDS - before)) s"
}

as_root() {
    if [ "$EUID" -eq 0 ]; then
        "$@"
    elif command -v sudo > /dev/null; then
        sudo "$@"
    else
        die "need root or sudo for: $*"
    fi
}

apt_get() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -y -q -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=600 "$@"
}

missing_of() { # LISTS: prints the packages that are not installed
    local list wanted="" name
    for list in "$@"; do
        name=PACKAGES_$list
        wanted+=" ${!name}"
    done
    # shellcheck disable=SC2086 # a list of words
    { dpkg-query -W -f '${db:Status-Status} ${Package} ${Version}\n' $wanted 2> /dev/null || true; } \
        | awk -v wanted="$wanted" '
            $1 == "installed" { have[$2] = 1; version[$2] = $3 }
            END {
                print "sqlcipher=" version["libsqlcipher-dev"]
                n = split(wanted, names)
                for (i = 1; i <= n; ++i)
                    if (!(names[i] in have) && !seen[names[i]]++) print names[i]
            }'
}

install_lists() { # LISTS
    local missing sqlcipher
    command -v dpkg-query > /dev/null || die "not a Debian system: install what cmake/dev/packages.sh lists"
    missing=$(missing_of "$@")
    sqlcipher=$(sed -n 's/^sqlcipher=//p' <<< "$missing")
    missing=$(grep -v '^sqlcipher=' <<< "$missing" || true)
    # Another npm than Debian's (it would conflict) serves as well.
    ! command -v npm > /dev/null || missing=$(grep -vx npm <<< "$missing" || true)
    missing=$(grep -vx libsqlcipher-dev <<< "$missing" || true)
    if dpkg --compare-versions "${sqlcipher:-0}" lt "$SQLCIPHER_FLOOR" && [[ " $* " == *" build "* ]]; then
        missing+=" libsqlcipher-dev"
    fi
    read -r -d '' -a names <<< "$missing" || true
    INSTALLED=${#names[@]}
    [ "$INSTALLED" -gt 0 ] || return 0
    say "installs with apt: ${names[*]}"
    quietly apt_get update
    if [[ " ${names[*]} " == *" libsqlcipher-dev "* ]]; then
        find_sqlcipher
        # The release's packages first: nothing else may come from backports.
        read -r -a names <<< "$(printf '%s\n' "${names[@]}" | grep -vx libsqlcipher-dev | tr '\n' ' ')"
        quietly apt_get install --no-install-recommends ${SQLCIPHER_FROM:+-t "$SQLCIPHER_FROM"} libsqlcipher-dev
    fi
    [ ${#names[@]} -eq 0 ] || quietly apt_get install --no-install-recommends "${names[@]}"
}

quietly() { # COMMAND: its output only if it fails
    local log
    log=$(mktemp)
    if ! "$@" > "$log" 2>&1 < /dev/null; then
        tail -n 40 "$log" >&2
        rm -f "$log"
        die "failed: $*"
    fi
    rm -f "$log"
}

candidate() { # PACKAGE [SUITE]: the version that apt would install
    apt-cache ${2:+-t "$2"} policy "$1" | sed -n 's/^ *Candidate: //p'
}

# Sets SQLCIPHER_FROM to the backports suite where the release's own SQLCipher is too old.
find_sqlcipher() {
    local codename suite mirror
    SQLCIPHER_FROM=
    ! dpkg --compare-versions "$(candidate libsqlcipher-dev)" ge "$SQLCIPHER_FLOOR" || return 0
    codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
    suite=$codename-backports
    if ! apt-cache policy | grep -q "n=$suite"; then
        # shellcheck disable=SC2016 # apt's own syntax
        mirror=$(apt-get indextargets --format '$(RELEASE) $(REPO_URI)' 'Created-By: Packages' \
            | awk -v release="$codename" '$1 == release { print $2; exit }')
        [ -n "$mirror" ] || die "apt knows no mirror of $codename"
        say "adds $suite of apt's own mirror, for SQLCipher alone (the release's is too old)"
        add_backports "$suite" "$mirror"
        quietly apt_get update
    fi
    dpkg --compare-versions "$(candidate libsqlcipher-dev "$suite")" ge "$SQLCIPHER_FLOOR" \
        || die "no SQLCipher >= $SQLCIPHER_FLOOR in $suite"
    SQLCIPHER_FROM=$suite
}

add_backports() { # SUITE MIRROR: backports have priority 100, so nothing else moves
    local keyring=/usr/share/keyrings/debian-archive-keyring.gpg
    {
        printf 'Types: deb\nURIs: %s\nSuites: %s\nComponents: main\n' "$2" "$1"
        [ ! -e "$keyring" ] || echo "Signed-By: $keyring"
    } | as_root tee "/etc/apt/sources.list.d/$1.sources" > /dev/null
}
