#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""Up a conversation of 100,000 messages, from the store, frame by frame, against a list of as many plain rows of text.

    scrolling.py [--events 100000] [--step 50] [--frames N] [--json FILE]

A frame is all that the thread of the window does from one picture to the next, in processor time: delegates, layout,
drawing, and the pages that come from the core meanwhile. Needs a session with a display and a keychain: `./dev bench
scrolling` makes one.
"""
import argparse
import os
import statistics
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "homeserver"))

import one_bench
from figures import percentile
from process_stats import memory_mib, settle
from replay_server import ReplayServer
from window_process import Window, make_profile

EVERYTHING = 10_000_000


def scroll(window, options):
    before = memory_mib(window.pid)[1]
    line = window.ask("scroll", options.frames or EVERYTHING, options.step, timeout=options.patience)
    return {"frames": line["frames"], "rows": line["rows"], "before": before, "after": memory_mib(window.pid)[1]}


def measure(options):
    more = ["--timeline", options.events, "--history", 0, "--seed", options.seed]
    with tempfile.TemporaryDirectory(prefix="parvis-scrolling-") as folder, \
            ReplayServer(1, "classic", batches=1, more=more) as server:
        server.release(0)
        profile = make_profile(server, f"{folder}/account")
        with Window("bare_window", "--rows", options.events) as window:
            window.take("frame")
            settle(window.pid, quiet=1)
            floor = scroll(window, options)
        with Window("watched_window", "--profile", profile) as window:
            window.take("list")
            settle(window.pid, [server.pid], quiet=2)
            if not window.ask("open", window.ask("rooms")["count"] - 1):  # an invitation is before it
                raise RuntimeError("the conversation does not open")
            settle(window.pid, [server.pid], quiet=1)
            return {"floor": floor, "window": scroll(window, options)}


def text(frames):
    return f"p50 {statistics.median(frames):.2f}, p95 {percentile(frames, 0.95):.2f}, longest {max(frames):.2f} ms"


def report(result):
    for who in ("floor", "window"):
        one = result[who]
        frames = one["frames"]
        tenth = frames[-max(len(frames) // 10, 1):]
        print(f"{who}: {len(frames)} frames over {one['rows']} rows: {text(frames)}; the last tenth {text(tenth)};"
              f" {one['before']:.0f} MiB before, {one['after']:.0f} after")
    ratio = percentile(result["window"]["frames"], 0.95) / percentile(result["floor"]["frames"], 0.95)
    print(f"p95 to the floor's: {ratio:.2f}")


def parser():
    made = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--events", type=int, default=100_000)
    made.add_argument("--step", type=int, default=50, help="per cent of the window's height, a frame")
    made.add_argument("--frames", type=int, default=0, help="no more than so many; 0: to the top")
    made.add_argument("--seed", type=int, default=3, help="of the account: its one room is to be readable")
    made.add_argument("--patience", type=float, default=1800, metavar="SECONDS")
    made.add_argument("--json", help="all that was measured, into this file as well")
    return made


if __name__ == "__main__":
    one_bench.run("scrolling", parser().parse_args(), measure, report)
