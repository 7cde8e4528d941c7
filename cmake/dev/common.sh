# shellcheck shell=bash
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
#
# What every part of ./dev shares.

say() { echo "dev: $*"; }
die() {
    echo "dev: $*" >&2
    exit 1
}

# Qt's tools are not in PATH on Debian.
export PATH=$PATH:/usr/lib/qt6/bin

# shellcheck disable=SC2034 # used by the parts
JOBS=${PARVIS_JOBS:-$(nproc)}

# ensure LIST...: installs what is missing of these lists; silent and quick when nothing is.
ensure() {
    [ -z "${PARVIS_NO_SETUP:-}" ] || return 0
    . cmake/dev/setup.sh
    install_lists "$@"
}

configure() { # PRESET [CMAKE ARGUMENTS]
    local preset=$1
    shift
    if [ ! -f "build/$preset/build.ninja" ] || [ $# -gt 0 ]; then
        cmake --preset "$preset" "$@"
    fi
}
