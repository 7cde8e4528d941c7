# shellcheck shell=bash
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
#
# Opens Parvis. With a display a person uses it; without one, it is used by real key presses in a session of its
# own, and pictures and a transcript tell what happened.

dev_run() { # [--server URL]
    local server="" out session=(cmake/dev/session.sh)
    case ${1:-} in
        "") ;;
        --server) server=${2:-} && [ -n "$server" ] || die "run: --server needs an address" ;;
        *) die "run: no option '$1'" ;;
    esac
    . cmake/dev/build.sh
    if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
        ensure build run
        session+=(--here)
    else
        ensure build run test
    fi
    build release parvis parvis-driver
    if [ -n "$server" ] && [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
        exec env LC_ALL="$PERSON_LC_ALL" build/release/bin/parvis --server "$server" # in the person's own session, with their keychain
    fi
    out=build/run
    mkdir -p "$out"
    # Pictures of a window at its usual size, with the desktop's frame around it.
    [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || session+=(--size 1400x900)
    # The demo world keeps what it fetched in the person's cache, not in the session's.
    "${session[@]}" -- env PARVIS_RUN_HOME="$HOME" PARVIS_RUN_CACHE="${XDG_CACHE_HOME:-$HOME/.cache}" \
        PARVIS_RUN_LC_ALL="$PERSON_LC_ALL" /usr/bin/python3 cmake/dev/run_demo.py --out "$out" ${server:+--server "$server"} \
        ${DISPLAY:+--person} ${WAYLAND_DISPLAY:+--person}
}
