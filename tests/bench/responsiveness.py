#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""The window while a lot is going on, against itself when nothing is: from a key press to the line, and to a room.

    responsiveness.py [--keys 100000] [--rooms 300] [--samples 100] [--json FILE]

What is going on: the window's own process takes in a file of keys, and messages as fast as it takes them, which it
stores and indexes; another process synchronises another account for the first time, again and again. All figures are by
the clock, as a person waits. Needs a session with a display and a keychain: `./dev bench responsiveness` makes one.
"""
import argparse
import itertools
import os
import sys
import tempfile
import threading

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(os.path.dirname(HERE), folder) for folder in ("homeserver", "gui")]

import key_file
import one_bench
from account_run import BATCH_EVENTS, POLICY
from driver import Driver
from figures import Series, percentile
from process_stats import settle
from replay_server import ReplayServer
from window_process import Window, make_profile

PASSPHRASE = "bonjour"
SAID_IN_EACH = 3


class Hands:
    """A person who goes from room to room and writes in each."""

    def __init__(self, window):
        self._window = window
        self._words = (f"mot{n}" for n in itertools.count())
        # Neither an invitation nor a space nor a room that one may only read.
        rooms = [row for row in range(1, min(window.ask("rooms")["count"], 40))
                 if window.ask("open", row) and window.ask("say", next(self._words))]
        if len(rooms) < 2:
            raise RuntimeError("there are no rooms to write in")
        self._rooms = itertools.cycle(rooms)

    def work(self, goes_on):
        took = {"open": [], "say": []}
        while goes_on(took):
            for words in [("open", next(self._rooms)), *[("say", next(self._words)) for _ in range(SAID_IN_EACH)]]:
                line = self._window.ask(*words)
                # What takes longer than is waited for counts as so long.
                took[words[0]].append(line["took"] if line else 10_000)
        return took


class OtherAccount:
    """It begins anew until it is told to end."""

    def __init__(self, server):
        self._server, self._ended = server, threading.Event()
        self._thread = threading.Thread(target=self._run)
        self.rounds = 0

    def _run(self):
        while not self._ended.is_set():
            with Driver("other", policy=POLICY) as driver:
                driver.launch()
                driver.call("login", server=self._server.base_url, user="alice", password="bench")
                driver.call("start")
                while not self._ended.wait(0.2) and driver.call("status")["rooms"] < self._server.rooms:
                    pass
            self.rounds += 1

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._ended.set()
        self._thread.join()


def measure(options):
    batches = options.keys * options.messages // BATCH_EVENTS
    with tempfile.TemporaryDirectory(prefix="parvis-busy-") as folder, \
            ReplayServer(options.rooms, "classic", batches=0, more=["--stream", batches, "--history", 0]) as server, \
            ReplayServer(options.other, "classic", batches=0, more=["--history", 0]) as other:
        for one in (server, other):
            one.release(0)
        key_file.write(f"{folder}/keys.txt", options.keys, PASSPHRASE)
        with Window("watched_window", "--profile", make_profile(server, f"{folder}/account")) as window:
            window.take("list")
            settle(window.pid, [server.pid], quiet=2)
            hands = Hands(window)
            settle(window.pid, [server.pid], quiet=2)
            calm = hands.work(lambda took: len(took["open"]) < options.samples)
            with OtherAccount(other) as account:
                server.release(batches)
                window.ask("import", f"{folder}/keys.txt", PASSPHRASE)
                busy = hands.work(lambda _: window.ask("importing")["busy"])
            return {"calm": calm, "busy": busy, "taken": server.taken, "batches": batches,
                    "result": window.ask("importing")["result"], "rounds": account.rounds}


def report(result):
    print(f"meanwhile: “{result['result']}”, {result['taken']} of {result['batches']} answers of {BATCH_EVENTS} messages;"
          f" the other account was synchronised {result['rounds']} times")
    for what, name, most in (("say", "key press to local echo", 3), ("open", "opening a room", 4)):
        calm, busy = result["calm"][what], result["busy"][what]
        median, high = Series(calm).median, percentile(busy, 0.99)
        print(f"{name}, ms: undisturbed p50 {median:.1f}, p99 {percentile(calm, 0.99):.1f} ({len(calm)} times);"
              f" disturbed p50 {Series(busy).median:.1f}, p99 {high:.1f} ({len(busy)} times);"
              f" p99 to the undisturbed median {high / median:.2f} (goal {most})")


def parser():
    made = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--keys", type=int, default=100_000)
    made.add_argument("--messages", type=int, default=2, help="how many come for each key")
    made.add_argument("--rooms", type=int, default=300)
    made.add_argument("--other", type=int, default=1000, metavar="ROOMS", help="of the other account")
    made.add_argument("--samples", type=int, default=100, help="rooms that are opened undisturbed")
    made.add_argument("--json", help="all that was measured, into this file as well")
    return made


if __name__ == "__main__":
    one_bench.run("responsiveness", parser().parse_args(), measure, report)
