#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""A million events one after the other, as fast as they are taken: does memory grow?

    endurance.py [--rooms 100] [--events 1000000] [--json FILE]

The client is parvis-driver over /v3/sync, in answers of 50 events in up to 8 rooms; all of it is stored and indexed.
Prints the memory at rest after each tenth. What the first tenth fills, as the page cache, is not growth.
"""
import argparse
import os
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "homeserver"))

import one_bench
from account_run import BATCH_EVENTS, POLICY
from driver import Driver
from figures import table
from process_stats import cpu_seconds, memory_mib, settle
from replay_server import ReplayServer

PARTS = 10


def await_taken(driver, server, count, patience):
    """All of it is stored and can be found."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        time.sleep(0.2)
        if server.taken >= count:
            settle(driver.pid, [server.pid])
            if driver.call("index_status")["coverage"]["waiting"] == 0:
                return
    raise RuntimeError(f"{server.taken} of {count} answers were taken")


def measure(options):
    batches = max(options.events // BATCH_EVENTS, PARTS)
    with ReplayServer(options.rooms, "classic", batches=0, more=["--stream", batches]) as server, \
            Driver("bench", policy=POLICY) as driver:
        server.release(0)
        driver.launch()
        driver.call("login", server=server.base_url, user="alice", password="bench")
        driver.call("start")
        await_taken(driver, server, 0, options.patience)
        found = []
        for part in range(PARTS + 1):
            server.release(batches * part // PARTS)
            await_taken(driver, server, batches * part // PARTS, options.patience)
            peak, rest = memory_mib(driver.pid)
            found.append({"events": batches * part // PARTS * BATCH_EVENTS, "cpu": cpu_seconds(driver.pid),
                          "rest": rest, "peak": peak,
                          "documents": driver.call("index_status")["coverage"]["indexed_events"]})
            print(found[-1], file=sys.stderr, flush=True)
        return {"rooms": options.rooms, "parts": found}


def growth(result):
    """From the first tenth to the end."""
    first, last = result["parts"][1], result["parts"][-1]
    return last["rest"] / first["rest"] - 1


def report(result):
    print(table(["events", "MiB at rest", "peak MiB", "CPU s", "can be found"],
                [[one["events"], f"{one['rest']:.1f}", f"{one['peak']:.1f}", f"{one['cpu']:.1f}", one["documents"]]
                 for one in result["parts"]]))
    print(f"growth from the first tenth to the end: {100 * growth(result):.1f} %")


def parser():
    made = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--rooms", type=int, default=100)
    made.add_argument("--events", type=int, default=1_000_000)
    made.add_argument("--patience", type=float, default=1800, metavar="SECONDS", help="for each tenth")
    made.add_argument("--json", help="all that was measured, into this file as well")
    return made


if __name__ == "__main__":
    one_bench.run("endurance", parser().parse_args(), measure, report)
