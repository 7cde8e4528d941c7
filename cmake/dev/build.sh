# shellcheck shell=bash
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
#
# Building, testing, and the small programs that are built beside the application.

dev_build() { # [PRESET]
    ensure build
    build "${1:-release}"
}

build() { # PRESET [TARGETS]
    local preset=$1
    shift
    [[ $preset =~ ^(release|debug|asan)$ ]] || die "no preset '$preset' (release, debug, asan)"
    configure "$preset"
    cmake --build --preset "$preset" -j "$JOBS" ${1:+--target "$@"}
}

dev_test() { # [FILTER] [--long] [--preset NAME] [--label NAME]...
    local preset=release filter="" labels="" long="" arguments=()
    while [ $# -gt 0 ]; do
        case $1 in
            --long) long=yes ;;
            --preset) preset=$2 && shift ;;
            --label) labels+=${labels:+|}$2 && shift ;;
            -*) die "test: no option '$1'" ;;
            *) filter=$1 ;;
        esac
        shift
    done
    ensure build test
    # The sanitizers' build is slow: no more of it than what runs. Elsewhere tests use programs that they do not name.
    if [ "$preset" = asan ] && [ "$labels" = hostile ]; then
        build "$preset" tests_hostile
    else
        build "$preset"
    fi
    [ -z "$filter" ] || arguments+=(-R "$filter")
    [ -z "$labels" ] || arguments+=(-L "^($labels)\$")
    [ -n "$filter$labels" ] || prepare_test_bed
    if [ "$preset" = asan ]; then
        export LSAN_OPTIONS=suppressions=$ROOT/cmake/dev/lsan.supp:print_suppressions=0
        export ASAN_OPTIONS=detect_leaks=1:strict_string_checks=1:detect_stack_use_after_return=1
        export UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1
    fi
    if [ -n "$long" ]; then
        local log
        log=$ROOT/build/$preset/long-$(date +%Y%m%d-%H%M%S).log
        say "log: $log"
        ctest --preset "$preset" -j "$JOBS" -L '^long$' "${arguments[@]}" --verbose --output-log "$log"
    else
        # one more than there are processors: many tests wait for a server most of the time
        ctest --preset "$preset" -j "$((JOBS + 1))" -LE '^long$' "${arguments[@]}"
    fi
}

# What the tests against real servers fetch once, here rather than within some test's time limit.
prepare_test_bed() {
    ! [ -x tests/homeserver/fetch.sh ] || tests/homeserver/fetch.sh > /dev/null || say "no homeserver: its tests will fail"
    ! [ -x tests/interop/setup.sh ] || tests/interop/setup.sh > /dev/null || say "no peer client: its tests will fail"
}

dev_bench() { # [accounts | windows | scrolling | resting | responsiveness | endurance [OPTIONS]] | [WHAT...]
    ensure build test
    export PARVIS_DRIVER=$ROOT/build/release/bin/parvis-driver
    case ${1:-} in
        accounts | endurance)
            build release parvis-driver bench_first_sync >&2
            exec /usr/bin/python3 "tests/bench/$1.py" "${@:2}"
            ;;
        windows | scrolling | resting | responsiveness)
            build release parvis-driver bench_first_sync bench_empty_window bench_bare_window bench_watched_window >&2
            exec cmake/dev/session.sh --size 1400x900 /usr/bin/python3 "tests/bench/$1.py" "${@:2}"
            ;;
    esac
    build release
    # In a session of its own: an account needs a keychain.
    cmake/dev/session.sh --no-wm build/release/bin/parvis-bench "$@"
}

dev_driver() {
    ensure build
    build release parvis-driver >&2
    exec build/release/bin/parvis-driver "$@"
}

dev_gallery() {
    ensure build run
    build release parvis-gallery
    exec build/release/bin/parvis-gallery "$@"
}
