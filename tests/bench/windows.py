#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""The window on accounts of any size: its start, its memory at rest, and the opening of rooms from the store.

    windows.py [--scales 100,1000,3000,10000] [--rounds 11] [--opened 40] [--json FILE]

The floor of a start is an empty window of Qt Quick, that of a room one query of an encrypted file and a list of plain
text (windows/). Needs a session with a display and a keychain: `./dev bench windows` makes one. Prints medians with
their spread and the ratios to the floors, as they stand in docs/performance.md.
"""
import argparse
import json
import os
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "homeserver"))

from account_run import run_floor
from driver import program
from figures import Series, table
from process_stats import memory_mib, settle
from replay_server import ReplayServer
from window_process import Window, built, make_profile

QUIET_S = 0.3


def one_start(name, what, *arguments):
    with Window(name, *arguments) as window:
        line = window.take(what)
        return {"cpu": line["cpu"], "wall": line["wall"]}


def measure_starts(profile, rounds):
    """The empty window and the program by turns. The first of both brings their libraries into memory."""
    pairs = []
    for number in range(rounds + 1):
        floor = one_start("empty_window", "frame")
        pairs.append({"floor": floor, "window": one_start("watched_window", "list", "--profile", profile)})
        print(f"start {number}: {pairs[-1]}", file=sys.stderr, flush=True)
    return pairs[1:]


def open_rooms(window, rooms, count, server=None):
    """Rooms from the whole list, one after the other; what has no messages, as a space, does not count."""
    found = []
    for i in range(count):
        settle(window.pid, [server.pid] if server else [], quiet=QUIET_S)
        line = window.ask("open", 1 + i * (rooms - 1) // count)
        if line:
            found.append({"cpu": line["cpu"], "ui": line["ui"], "rows": line["rows"]})
    return found


def measure_opening(profile, cache, count, server):
    with Window("watched_window", "--profile", profile) as window:
        window.take("list")
        settle(window.pid, [server.pid], quiet=2)
        peak, rest = memory_mib(window.pid)
        rooms = window.ask("rooms")["count"]
        opened = open_rooms(window, rooms, count, server)
    with Window("bare_window", cache) as floor:
        floor.take("frame")
        bare = open_rooms(floor, rooms, count)
    return {"peak": peak, "rest": rest, "opened": opened, "bare": bare}


def measure(rooms, options):
    with tempfile.TemporaryDirectory(prefix="parvis-windows-") as folder, \
            ReplayServer(rooms, "classic", dump=f"{folder}/bodies", batches=1, more=["--history", 0]) as server:
        server.release(0)
        run_floor(built("first_sync"), f"{folder}/bodies", keep=f"{folder}/floor.db")
        profile = make_profile(server, f"{folder}/account")
        starts = measure_starts(profile, options.rounds)
        return {"rooms": rooms, "starts": starts,
                **measure_opening(profile, f"{folder}/floor.db", options.opened, server)}


class Cells:
    """The figures of one account as text."""

    def __init__(self, result):
        self._result = result

    def start(self, who, what):
        return Series([pair[who][what] for pair in self._result["starts"]])

    def start_ratio(self, what):
        return f"{self.start('window', what).median / self.start('floor', what).median:.2f}"

    def opening(self, who, what="cpu"):
        return Series([one[what] for one in self._result[who]])

    def opening_ratio(self):
        return f"{self.opening('opened').median / self.opening('bare').median:.2f}"

    def memory(self):
        return f"{self._result['rest']:.0f}"


ROWS = (
    ("floor: empty window, first frame, CPU ms", lambda c: c.start("floor", "cpu").text(0)),
    ("first frame with the room list, CPU ms", lambda c: c.start("window", "cpu").text(0)),
    ("– ratio to the floor", lambda c: c.start_ratio("cpu")),
    ("floor: empty window, first frame, wall ms", lambda c: c.start("floor", "wall").text(0)),
    ("first frame with the room list, wall ms", lambda c: c.start("window", "wall").text(0)),
    ("– ratio to the floor", lambda c: c.start_ratio("wall")),
    ("window at rest, MiB", lambda c: c.memory()),
    ("floor: bare page and its frame, CPU ms", lambda c: c.opening("bare").text(1)),
    ("opening a room, CPU ms", lambda c: c.opening("opened").text(1)),
    ("– of it on the window's thread", lambda c: c.opening("opened", "ui").text(1)),
    ("– ratio to the floor", lambda c: c.opening_ratio()),
)


def report(results):
    cells = [Cells(result) for result in results]
    print(table(["", *(f"{result['rooms']} rooms" for result in results)],
                [[name, *(cell(one) for one in cells)] for name, cell in ROWS]))


def parser():
    made = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--scales", default="100,1000,3000,10000", help="numbers of rooms")
    made.add_argument("--rounds", type=int, default=11, help="starts of each")
    made.add_argument("--opened", type=int, default=40, help="rooms that are opened")
    made.add_argument("--json", help="all that was measured, into this file as well")
    return made


def main():
    options = parser().parse_args()
    if not program():
        sys.exit("windows: no parvis-driver (PARVIS_DRIVER)")
    results = []
    for rooms in options.scales.split(","):
        results.append(measure(int(rooms), options))
        if options.json:
            with open(options.json, "w", encoding="utf-8") as file:
                json.dump(results, file)
    report(results)


if __name__ == "__main__":
    main()
