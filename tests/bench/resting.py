#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""The window at rest: a large account, and an event every ten seconds, against an empty window with the same long poll.

    resting.py [--rooms 3000] [--minutes 60] [--json FILE]

Both run side by side, each with a server of its own that says the same. Processor time and how often a thread woke up,
of all threads, from /proc. Needs a session with a display and a keychain: `./dev bench resting` makes one.
"""
import argparse
import os
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "homeserver"))

import one_bench
from process_stats import WakeUps, cpu_seconds, memory_mib, settle
from replay_server import ReplayServer
from window_process import Window, make_profile


class Rest:
    """What one process does from now on."""

    def __init__(self, pid):
        self._pid = pid
        self._cpu, self._wakes, self._began = cpu_seconds(pid), WakeUps(pid), time.monotonic()

    def look(self):
        """A thread that ends takes its count with it: often enough."""
        self._wakes.look()

    def figures(self):
        seconds = time.monotonic() - self._began
        return {"core": (cpu_seconds(self._pid) - self._cpu) / seconds, "wakes": self._wakes.look() / seconds,
                "memory": memory_mib(self._pid)[1], "seconds": seconds}


def measure(options):
    events = max(int(options.minutes * 60 / options.every), 1)
    more = ["--batch-events", 1, "--history", 0]
    with tempfile.TemporaryDirectory(prefix="parvis-resting-") as folder, \
            ReplayServer(options.rooms, "classic", batches=events, more=more) as server, \
            ReplayServer(options.rooms, "classic", batches=events, more=more) as other:
        for one in (server, other):
            one.release(0)
        profile = make_profile(server, f"{folder}/account")
        with Window("watched_window", "--profile", profile) as window, \
                Window("empty_window", "--poll", other.base_url) as floor:
            window.take("list")
            floor.take("frame")
            settle(window.pid, [server.pid], quiet=options.settle)
            resting = {"window": Rest(window.pid), "floor": Rest(floor.pid)}
            for count in range(1, events + 1):
                for one in (server, other):
                    one.release(count)
                time.sleep(options.every)
                for one in resting.values():
                    one.look()
            taken = {"window": server.taken, "floor": other.taken}
            return {"events": events, "taken": taken, **{who: one.figures() for who, one in resting.items()}}


def mistakes(result):
    return [f"{who} has taken {count} of {result['events']} events" for who, count in result["taken"].items()
            if count < result["events"]]


def report(result):
    for who in ("floor", "window"):
        one = result[who]
        print(f"{who}: {100 * one['core']:.3f} % of a core, {one['wakes']:.2f} wake-ups a second, {one['memory']:.0f} MiB"
              f" after {one['seconds'] / 60:.1f} minutes")
    core, wakes = (result["window"][what] - result["floor"][what] for what in ("core", "wakes"))
    print(f"above the floor: {100 * core:.3f} % of a core, {wakes:.2f} wake-ups a second")


def parser():
    made = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--rooms", type=int, default=3000)
    made.add_argument("--minutes", type=float, default=60)
    made.add_argument("--every", type=float, default=10, metavar="SECONDS", help="between two events")
    made.add_argument("--settle", type=float, default=2, help="so many seconds without work come first")
    made.add_argument("--json", help="all that was measured, into this file as well")
    return made


if __name__ == "__main__":
    one_bench.run("resting", parser().parse_args(), measure, report, mistakes)
