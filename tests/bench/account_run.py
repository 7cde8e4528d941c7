# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""One client and one floor on the same account: what each of them took."""
import glob
import json
import os
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "homeserver"))

from driver import Driver
from process_stats import cpu_seconds, memory_mib, settle, waited_seconds

ME = "@alice:perf.example"
# Older messages are fetched at leisure: that is not the first synchronisation.
POLICY = {"mandatory": {"encrypt_for": "all_devices", "search_history_days": 0}}
POLL_S = 0.01
BATCH_EVENTS = 50  # as the replay server makes them where nothing else is said
LONGEST_S = 900


class Incomplete(Exception):
    """The client is at rest, and something is missing."""


def run_floor(program, bodies, stems=False, keep=None):
    """What the answers of /v3/sync in the folder `bodies` cost at least; see floors/first_sync.cpp. `keep`: where the
    file stays that it makes."""
    with tempfile.TemporaryDirectory(prefix="parvis-floor-") as folder:
        cache = keep or f"{folder}/cache.db"
        done = subprocess.run(
            [program, *(["--stems"] if stems else []), cache, ME, f"{bodies}/initial-lazy.json",
             *sorted(glob.glob(f"{bodies}/batch-*.json"))], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


class ClientRun:
    """parvis-driver on a new profile: a first start, batches of new messages, and a second start."""

    def __init__(self, server):
        self._server = server
        self._driver = Driver("bench", policy=POLICY)
        self._asked = 0.0  # processor time that our own questions took
        self.figures = {}

    def measure(self):
        try:
            self._first_start()
            self._batches()
            self._driver.stop()
            self._second_start()
        finally:
            self._driver.close()
        return self.figures

    def _cpu(self):
        return cpu_seconds(self._driver.pid) - self._asked

    def _await_room_list(self, start):
        # Each question is one that a window asks as well, and costs next to nothing while there is no room.
        while not self._driver.call("rooms", limit=20):
            if time.monotonic() - start > LONGEST_S:
                raise Incomplete("no room list")
            time.sleep(POLL_S)
        return {"cpu": self._cpu(), "wall": time.monotonic() - start}

    def _await_rest(self, start, batches=0):
        """All rooms and the first `batches` batches are stored, and everything that can be found is indexed."""
        deadline = start + LONGEST_S
        while time.monotonic() < deadline:
            ended = settle(self._driver.pid, [self._server.pid])
            cpu = self._cpu()
            status, index = self._driver.call("status"), self._driver.call("index_status")
            settle(self._driver.pid, quiet=0.2)
            self._asked += self._cpu() - cpu
            coverage = index["coverage"]
            if status["rooms"] >= self._server.rooms and coverage["waiting"] == 0 and self._server.taken >= batches:
                return {"cpu": cpu, "wall": ended - start, "documents": coverage["indexed_events"]}
        raise Incomplete(f"{status} {index['coverage']} {self._server.taken} batches")

    def _first_start(self):
        self._server.release(0)
        start = time.monotonic()
        self._driver.launch()
        self._driver.call("login", server=self._server.base_url, user="alice", password="bench")
        self._driver.call("start")
        self.figures["list"] = self._await_room_list(start)
        first = self._await_rest(start)
        first["peak"], first["rest"] = memory_mib(self._driver.pid)
        first["waited"] = waited_seconds(self._driver.pid)
        self.figures["first"] = first

    def _batches(self):
        before = self._cpu()
        start = time.monotonic()
        self._server.release(self._server.batches)
        done = self._await_rest(start, self._server.batches)
        self.figures["batches"] = {**done, "cpu": done["cpu"] - before}

    def _second_start(self):
        self._asked = 0.0
        start = time.monotonic()
        self._driver.launch()
        self._driver.call("restore")
        self._driver.call("start")
        warm = self._await_room_list(start)
        self._await_rest(start)
        warm["peak"], warm["rest"] = memory_mib(self._driver.pid)
        self.figures["warm"] = warm
