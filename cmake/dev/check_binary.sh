#!/bin/bash
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
#
# shellcheck disable=SC2317 # conditions are called by name
#
# Is what ships hardened? check_binary.sh BINARY...: names what is missing and ends with 1 if anything is.
set -euo pipefail
failed=0

expect() { # WHAT CONDITION...
    if ! "${@:2}"; then
        echo "$binary: $1" >&2
        failed=1
    fi
}
has() { grep -Eq -- "$1" <<< "$2"; }
lacks() { ! has "$@"; }
fortified() {
    has '__[a-z]+_chk(@| |$)' "$(grep -v __stack_chk_fail <<< "$symbols")" \
        || lacks ' (v?s?n?printf|str(n?cpy|n?cat)|read|recv|fgets|getcwd|realpath)(@| |$)' "$symbols"
}
# The IBT mark of the whole file cannot be asked for: the C runtime's own start files on Debian 12 have none,
# so the linker drops it. What the compiler made of our functions can: each begins with endbr64.
landing_pads() {
    [ "$(LC_ALL=C grep -aoP '\xf3\x0f\x1e\xfa' "$binary" | wc -l)" -gt 50 ]
}

for binary in "$@"; do
    header=$(readelf --wide --file-header "$binary")
    segments=$(readelf --wide --program-headers "$binary")
    dynamic=$(readelf --wide --dynamic "$binary")
    symbols=$(readelf --wide --dyn-syms "$binary")

    expect "is not position independent" has 'Type: +DYN' "$header"
    expect "is not marked as a position independent executable" has '\(FLAGS_1\).*PIE' "$dynamic"
    expect "has no RELRO segment" has 'GNU_RELRO' "$segments"
    expect "binds lazily, so RELRO is partial" has '\(FLAGS(_1)?\).*(BIND_)?NOW' "$dynamic"
    expect "has an executable stack" has 'GNU_STACK +.* RW +0x' "$segments"
    expect "has a segment both writable and executable" lacks 'LOAD .* RWE ' "$segments"
    expect "has a run path" lacks '\((RPATH|RUNPATH)\)' "$dynamic"
    expect "was built without stack protector" has '__stack_chk_fail' "$symbols"
    # Most calls are proven safe and stay as they are; that none at all is checked is the sign.
    expect "was built without FORTIFY" fortified
    case $header in
        *X86-64*) expect "has no landing pads (-fcf-protection)" landing_pads ;;
    esac
    # QQmlDebuggingEnabler's constructor opens a port for a debugger.
    expect "has QML debugging" lacks 'QQmlDebuggingEnabler' "$symbols"
    expect "is linked to the sanitizers" lacks 'lib[at]san|libubsan' "$dynamic"
done
[ "$failed" -ne 0 ] || echo "hardened: $*"
exit "$failed"
