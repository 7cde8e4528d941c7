#!/bin/bash
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
#
# Runs a command in a desktop session of its own: a private X display with a window manager, a private
# D-Bus with a keyring, private home folders. Nothing of it outlives the command, or us
# if we are killed; the exit code is the command's.
#
#   session.sh [--size 1280x800] [--keyring unlocked|locked|none] [--no-wm] [--here] [--home DIR] [--] COMMAND [ARGUMENTS]
#
# --here takes the display that the person sits at; bus, keyring and home are private all the same.
# --home keeps HOME and the XDG folders in DIR (it is made if it is not there), so that a second session
# finds what the first one left; else they are temporary. The keyring's password is "parvis".
# Several sessions run side by side: each takes a free display.
set -euo pipefail

if [ "${1:-}" = --inside ]; then # below, in the private bus
    shift
    keyring=$1 wm=$2
    shift 2
    case $keyring in
        unlocked) printf parvis | gnome-keyring-daemon --unlock --components=secrets > /dev/null 2>&1 ;;
        locked) gnome-keyring-daemon --start --components=secrets > /dev/null 2>&1 ;;
    esac
    if [ -n "$wm" ]; then
        setpriv --pdeathsig KILL openbox --sm-disable > /dev/null 2>&1 &
        manager=$!
        # Without a window manager nothing gets the keyboard focus: wait until it says that it is there.
        for ((i = 0; i < 100; ++i)); do
            ! xprop -root _NET_SUPPORTING_WM_CHECK 2> /dev/null | grep -q 'window id' || break
            kill -0 "$manager" 2> /dev/null || { echo "session: openbox does not start" >&2; exit 1; }
            sleep 0.05
        done
    fi
    code=0
    setpriv --pdeathsig TERM "$@" || code=$?
    [ -z "$wm" ] || kill "$manager" 2> /dev/null || true
    exit "$code"
fi

size=1280x800 keyring=unlocked wm=yes home="" here=""
while [[ ${1:-} == --* ]]; do
    case $1 in
        --size) size=$2 && shift ;;
        --keyring) keyring=$2 && shift ;;
        --no-wm) wm="" ;;
        --here) here=yes wm="" ;;
        --home) home=$2 && shift ;;
        --) shift && break ;;
        *) echo "session: no option '$1'" >&2 && exit 2 ;;
    esac
    shift
done
[[ $keyring =~ ^(unlocked|locked|none)$ ]] || { echo "session: no keyring '$keyring'" >&2; exit 2; }
[ $# -gt 0 ] || { echo "session: no command" >&2; exit 2; }
self=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/$(basename "${BASH_SOURCE[0]}")

temporary=$(mktemp -d "${TMPDIR:-/tmp}/parvis-session.XXXXXX")
server=""
# shellcheck disable=SC2317 # called by the trap
finish() {
    [ -z "$server" ] || { kill "$server" 2> /dev/null && wait "$server" 2> /dev/null; } || true
    rm -rf "$temporary"
}
trap finish EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

home=${home:-$temporary/home}
mkdir -p "$home"
home=$(cd "$home" && pwd)
mkdir -p "$home"/{.config,.cache,.local/share,.local/state}
mkdir -m 700 "$temporary/run"
: > "$temporary/display"

if [ -n "$here" ]; then
    # These name files in the folders that are about to be exchanged.
    [ -z "${DISPLAY:-}" ] || export XAUTHORITY=${XAUTHORITY:-$HOME/.Xauthority}
    [[ ${WAYLAND_DISPLAY:-/} == /* ]] || export WAYLAND_DISPLAY=$XDG_RUNTIME_DIR/$WAYLAND_DISPLAY
else
    # The server chooses the display and writes its number. If we are killed, so is it.
    setpriv --pdeathsig TERM Xvfb -displayfd 5 -screen 0 "${size}x24" -nolisten tcp -noreset \
        5> "$temporary/display" > "$temporary/xvfb.log" 2>&1 &
    server=$!
    for ((i = 0; i < 400; ++i)); do
        display=$(< "$temporary/display")
        [ -z "$display" ] || break
        kill -0 "$server" 2> /dev/null || { cat "$temporary/xvfb.log" >&2; exit 1; }
        sleep 0.05
    done
    [ -n "$display" ] || { echo "session: Xvfb does not answer" >&2; exit 1; }
    # On a French keyboard each letter of ours has a key: else xdotool exchanges keys while it types, too fast for
    # the program to notice.
    setxkbmap -display ":$display" -layout fr -variant oss
    export DISPLAY=:$display QT_QPA_PLATFORM=xcb QT_LINUX_ACCESSIBILITY_ALWAYS_ON=1
    # The software renderer draws the same picture every time, and the sanitizers know all its libraries.
    export QT_QUICK_BACKEND=software
    unset WAYLAND_DISPLAY XAUTHORITY
fi

# What the tests have fetched once stays where it is.
export PARVIS_CACHE=${PARVIS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/parvis}
export HOME=$home XDG_RUNTIME_DIR=$temporary/run
export XDG_CONFIG_HOME=$home/.config XDG_CACHE_HOME=$home/.cache
export XDG_DATA_HOME=$home/.local/share XDG_STATE_HOME=$home/.local/state
unset DBUS_SESSION_BUS_ADDRESS GNOME_KEYRING_CONTROL SSH_AUTH_SOCK

# A keyring that is asked for starts by itself. Where there shall be none, the bus knows accessibility alone.
printf '#!/bin/sh\nexec setpriv --pdeathsig TERM dbus-daemon "$@"\n' > "$temporary/bus-daemon"
chmod +x "$temporary/bus-daemon"
bus=(--dbus-daemon="$temporary/bus-daemon")
if [ "$keyring" = none ]; then
    mkdir "$temporary/services"
    cp /usr/share/dbus-1/services/org.a11y.* "$temporary/services/" 2> /dev/null || true
    cat > "$temporary/bus.conf" << CONF
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir=$temporary</listen>
  <servicedir>$temporary/services</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
CONF
    bus+=(--config-file="$temporary/bus.conf")
fi

# What the bus daemon tells of each service that it starts is of no interest here.
code=0
setpriv --pdeathsig TERM dbus-run-session "${bus[@]}" -- setpriv --pdeathsig TERM "$self" --inside "$keyring" "$wm" "$@" \
    2> >(grep --line-buffered -v '^dbus-daemon\[' >&2) || code=$?
exit "$code"
