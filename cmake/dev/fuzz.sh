# shellcheck shell=bash
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
#
# libFuzzer on everything that reads what strangers write. CI runs the same functions on their seeds, mutated
# with a fixed random number, as ordinary tests (label unit).

dev_fuzz() { # [SECONDS [NAME]]
    local seconds=${1:-60} wanted=${2:-} fuzzer name found=0 seeds shared
    [[ $seconds =~ ^[0-9]+$ ]] || die "fuzz: '$seconds' is no number of seconds"
    ensure build fuzz
    cmake --preset fuzz
    cmake --build --preset fuzz -j "$JOBS" --target fuzzers
    for fuzzer in build/fuzz/bin/fuzz_*; do
        name=${fuzzer##*/fuzz_}
        [ -z "$wanted" ] || [ "$wanted" = "$name" ] || continue
        found=1
        # What it learns stays in the build folder; what it breaks on is kept too and named.
        mkdir -p "build/fuzz/corpus/$name" build/fuzz/broken
        say "fuzz $name for $seconds s"
        seeds=("build/fuzz/corpus/$name" "build/fuzz/seeds/$name")
        while read -r shared; do # of other projects, where they lie
            if [ -n "$shared" ] && [ -d "${PARVIS_SHARED:-/nonexistent}/$shared" ]; then
                seeds+=("$PARVIS_SHARED/$shared")
            fi
        done < "build/fuzz/seeds/$name.shared"
        "$fuzzer" -max_total_time="$seconds" -max_len=65536 -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
            -artifact_prefix="build/fuzz/broken/$name-" "${seeds[@]}" \
            > "build/fuzz/$name.log" 2>&1 || { tail -n 40 "build/fuzz/$name.log" >&2; die "fuzz: $name broke"; }
        grep -E 'stat::(number_of_executed_units|average_exec_per_sec)' "build/fuzz/$name.log"
    done
    [ "$found" -eq 1 ] || die "no fuzzer '$wanted'"
}
