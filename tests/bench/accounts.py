#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whole accounts: first synchronisation, new messages, and the next start, against floors of the same minute.

    accounts.py [--scales 100,1000,3000,10000] [--sync classic,sliding] [--rounds 5] [--patience SECONDS]
                [--retries N] [--json FILE] [--beside FILE]

The client is parvis-driver, the server a replay of made-up accounts (replay/server.mjs), the floor
floors/first_sync.cpp on the bodies that the server gives. Prints medians with their spread and the ratios to the
floor, as they stand in docs/performance.md.
"""
import argparse
import json
import os
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "homeserver"))

from account_run import BATCH_EVENTS, ClientRun, run_floor
from driver import program
from figures import Series, exponent, table
from process_stats import await_quiet
from replay_server import ReplayServer

FITTED = (1000, 3000, 10000)
DISTURBED = 0.2


def floor_program():
    built = os.path.join(os.path.dirname(os.path.dirname(program())), "bench", "first_sync")
    if not os.access(built, os.X_OK):
        sys.exit(f"accounts: {built} is not built (target bench_first_sync)")
    return built


def one_round(server, bodies):
    """The floor and the client by turns, so that both meet the same weather."""
    return {"floor": run_floor(floor_program(), bodies), "stems": run_floor(floor_program(), bodies, stems=True),
            "client": ClientRun(server).measure()}


def disturbance(done):
    """How long the client waited for a processor, as a share of the time that it had one. It works in slices of so
    many milliseconds of the clock: on a busy machine these hold less, and there are more of them."""
    first = done["client"]["first"]
    return first["waited"] / max(first["cpu"], 0.01)


def measure(sync, rooms, options):
    with tempfile.TemporaryDirectory(prefix="parvis-bodies-") as bodies, \
            ReplayServer(rooms, sync, dump=bodies, batches=options.batches) as server:
        rounds = []
        for number in range(options.rounds):
            tries = []
            while len(tries) <= options.retries and (not tries or disturbance(tries[-1]) > DISTURBED):
                await_quiet(options.patience)
                tries.append(one_round(server, bodies))
                first = tries[-1]["client"]["first"]
                print(f"{sync}, {rooms} rooms, round {number + 1}: first {first['cpu']:.2f} s, waited"
                      f" {first['waited']:.2f} s, floor {tries[-1]['floor']['first']['cpu']:.2f} s",
                      file=sys.stderr, flush=True)
            rounds.append(min(tries, key=disturbance))
        return {"sync": sync, "rooms": rooms, "batches": options.batches, "rounds": rounds}


def mistakes(result):
    """What the client lacks: over /v3/sync it has found as many texts as there are. Sliding sync gives a part of each
    timeline."""
    if result["sync"] != "classic":
        return []
    pairs = [(step, done["client"][step]["documents"], done["floor"][step]["documents"])
             for done in result["rounds"] for step in ("first", "batches")]
    return [f"{result['rooms']} rooms: {found} documents are indexed after {step}, not {there}"
            for step, found, there in pairs if found != there]


class Cells:
    """The figures of one account as text."""

    def __init__(self, result):
        self._rounds = result["rounds"]
        self._events = result["batches"] * BATCH_EVENTS

    def series(self, who, step, what):
        return Series([done[who][step][what] for done in self._rounds])

    def seconds(self, who, step, what="cpu"):
        return self.series(who, step, what).text(2)

    def memory(self, step, what):
        return self.series("client", step, what).text(0)

    def ratio(self, step, floor="floor", floor_step=None, what="cpu"):
        """Of the medians."""
        below = self.series(floor, floor_step or step, what).median
        return f"{self.series('client', step, what).median / below:.2f}"

    def rate(self, who, what):
        return Series([self._events / done[who]["batches"][what] for done in self._rounds]).text(0)

    def share_of_floor(self, what):
        """How the client's rate of batches stands to the floor's."""
        floor = self.series("floor", "batches", what).median
        return f"{floor / self.series('client', 'batches', what).median:.2f}"


ROWS = (
    ("floor: first sync, CPU s", lambda c: c.seconds("floor", "first")),
    ("first sync, CPU s", lambda c: c.seconds("client", "first")),
    ("– ratio to the floor", lambda c: c.ratio("first")),
    ("– ratio to the floor with stems", lambda c: c.ratio("first", "stems")),
    ("– waited for a processor, s", lambda c: c.seconds("client", "first", "waited")),
    ("first sync, wall s", lambda c: c.seconds("client", "first", "wall")),
    ("first sync, peak MiB", lambda c: c.memory("first", "peak")),
    ("at rest after it, MiB", lambda c: c.memory("first", "rest")),
    ("room list usable, CPU s", lambda c: c.seconds("client", "list")),
    ("room list usable, wall s", lambda c: c.seconds("client", "list", "wall")),
    ("floor: batches, events per CPU s", lambda c: c.rate("floor", "cpu")),
    ("batches, events per CPU s", lambda c: c.rate("client", "cpu")),
    ("– of the floor's rate", lambda c: c.share_of_floor("cpu")),
    ("batches, events per wall s", lambda c: c.rate("client", "wall")),
    ("– of the floor's rate", lambda c: c.share_of_floor("wall")),
    ("warm start to the list, CPU s", lambda c: c.seconds("client", "warm")),
    ("warm start to the list, wall s", lambda c: c.seconds("client", "warm", "wall")),
    ("at rest after a warm start, MiB", lambda c: c.memory("warm", "rest")),
)


def report(results):
    for sync in dict.fromkeys(result["sync"] for result in results):
        mine = [result for result in results if result["sync"] == sync]
        cells = [Cells(result) for result in mine]
        print(f"\n{'Over `/v3/sync`, lazy members' if sync == 'classic' else 'Over sliding sync'}:\n")
        print(table(["", *(f"{result['rooms']} rooms" for result in mine)],
                    [[name, *(cell(one) for one in cells)] for name, cell in ROWS]))
        fitted = [(result["rooms"], one) for result, one in zip(mine, cells) if result["rooms"] in FITTED]
        if len(fitted) > 1:
            slopes = (f"{who} {exponent([(n, one.series(who, 'first', 'cpu').median) for n, one in fitted]):.2f}"
                      for who in ("client", "floor"))
            print(f"\nExponent of the first sync's CPU from {FITTED[0]} rooms on: {', '.join(slopes)}.")


def parser():
    made = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--scales", default="100,1000,3000,10000", help="numbers of rooms")
    made.add_argument("--sync", default="classic,sliding")
    made.add_argument("--rounds", type=int, default=5)
    made.add_argument("--batches", type=int, default=100)
    made.add_argument("--patience", type=float, default=0, metavar="SECONDS",
                      help="before each round, until the machine is quiet")
    made.add_argument("--retries", type=int, default=0,
                      help="so often at most is a round measured again in which the client waited for a processor")
    made.add_argument("--json", help="all that was measured, into this file as well")
    made.add_argument("--beside", help="a file of --json: an earlier run, shown in the same tables")
    return made


def main():
    options = parser().parse_args()
    if not program():
        sys.exit("accounts: no parvis-driver (PARVIS_DRIVER)")
    results = []
    for sync in options.sync.split(","):
        for rooms in options.scales.split(","):
            results.append(measure(sync, int(rooms), options))
            if wrong := mistakes(results[-1]):
                sys.exit("accounts: " + "\n".join(wrong))
            if options.json:
                with open(options.json, "w", encoding="utf-8") as file:
                    json.dump(results, file)
    if options.beside:
        with open(options.beside, encoding="utf-8") as file:
            results = sorted(json.load(file) + results, key=lambda result: (result["sync"], result["rooms"]))
    report(results)


if __name__ == "__main__":
    main()
