#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""An account with many rooms on a real homeserver: a first synchronisation, a restart, and a day that was missed.

Over sliding sync and over /v3/sync, each with a device of its own. Every time the rooms, their order, their timelines to
the very first event and their counts are what plain /messages and one whole /sync of the server say.

PARVIS_DRIVER     the program under test; without one the test is skipped
PARVIS_ROOMS      how many rooms (15; the long form: 500)
PARVIS_EVENTS     how many events in the day that is missed (300; the long form: 20000)
PARVIS_SEED       the seed of a run that is to be repeated; it is printed
"""
import os
import random
import sys
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "homeserver"))

import watchdog
from driver import PASSWORD, RELAXED, Driver, program
from full_account import FullAccount
from homeserver import TestBed
from told_by_server import ToldByServer, seen_line

ROOMS = int(os.environ.get("PARVIS_ROOMS", "15"))
EVENTS = int(os.environ.get("PARVIS_EVENTS", "300"))
SEED = int(os.environ.get("PARVIS_SEED", random.SystemRandom().randrange(2**31)))
AT_FIRST = 12  # events of a room, beside its own state
PATIENCE = 60  # seconds in which a hole behind what is shown has to be filled
POLICY = {"mandatory": {**RELAXED["mandatory"], "search_history_days": 0}}  # the timelines alone fetch


def say(text):
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


class FullAccounts(unittest.TestCase):
    maxDiff = 4000

    @classmethod
    def setUpClass(cls):
        if not program():
            raise unittest.SkipTest("no parvis-driver (PARVIS_DRIVER)")
        say(f"PARVIS_SEED={SEED} PARVIS_ROOMS={ROOMS} PARVIS_EVENTS={EVENTS}")
        # Push rules that are no part of the specification yet, which this server alone would follow.
        experiments = {"msc4306_enabled": False, "msc3664_enabled": False}
        cls.bed = TestBed(overrides={"experimental_features": experiments}).start()
        cls.addClassCleanup(cls.bed.close)
        cls.server = cls.bed.servers[0]

    def test_firstSync_restart_andADayAway(self):
        account = FullAccount(self.server, SEED, ROOMS)
        account.fill(AT_FIRST)
        say("the rooms are there")
        told = ToldByServer(self.server, account.me)
        devices = {}
        for sliding in (True, False):
            self._speaks(sliding)
            devices[sliding] = driver = Driver("claire", policy=POLICY)
            self.addCleanup(driver.close)
            driver.log_in(self.server, register=False)
            self._agrees(driver, told, f"first, {sliding=}")
            self.assertEqual(driver.stop(), 0)
            driver.resume()
            self._agrees(driver, told, f"restarted, {sliding=}")
            self.assertEqual(driver.stop(), 0)
        gone, new = account.day(EVENTS)
        say("the day is over")
        for sliding in (False, True):
            self._speaks(sliding)
            devices[sliding].resume()
            rooms = self._agrees(devices[sliding], told, f"after the day, {sliding=}")
            self.assertEqual({room.id for room in new}, {id for id, room in rooms.items() if room["membership"] == "invite"})
            self.assertEqual({room.id for room in gone} & {id for id, room in rooms.items() if room["membership"] == "join"},
                             set())

    def _speaks(self, sliding):
        if self.server.options.get("sliding", True) != sliding:
            self.server.restart(sliding=sliding)

    # --- what must be so -------------------------------------------------------------------------

    def _agrees(self, driver, told, when):
        began = time.monotonic()
        driver.wait_idle(600_000)
        took = time.monotonic() - began
        sliding = self.server.options.get("sliding", True)
        self.assertEqual(driver.call("status")["sync"], "sliding" if sliding else "v2")
        server = told.rooms()
        rooms = {room["room_id"]: room for room in driver.call("rooms") if room["membership"] in ("join", "invite")}
        self.assertEqual({id: room["membership"] for id, room in rooms.items()},
                         {id: membership for id, (membership, _) in server.items()}, when)
        joined, newest, lines = {id: counts for id, (membership, counts) in server.items() if membership == "join"}, {}, 0
        for id in joined:
            events = told.messages(id)
            if told.redacted(events):
                joined[id] = None  # then the sums are not to be trusted
            newest[id], wanted = told.newest(id, events, sliding), told.lines(events)
            lines += len(wanted)
            self._timeline_agrees(driver, id, wanted, f"{when}: {id}")
            name = told.name(id)
            if name is not None:
                self.assertEqual(rooms[id]["name"], name, when)
        self._counts_agree(driver, told, joined, when)
        self._order_agrees(driver, newest, when)
        say(f"{when}: {len(joined)} rooms and {lines} lines agree; idle after {took:.1f} s, all after "
            f"{time.monotonic() - began:.1f} s")
        return rooms

    def _timeline_agrees(self, driver, room, wanted, where):
        deadline = time.monotonic() + PATIENCE
        while True:
            seen = [seen_line(item) for item in driver.history(room)]
            if seen == wanted or time.monotonic() > deadline:
                break
            time.sleep(0.2)
        self.assertEqual([line["event_id"] for line in seen], [line["event_id"] for line in wanted], where)
        for mine, theirs in zip(seen, wanted):
            self.assertEqual(mine, theirs, where)

    def _counts_agree(self, driver, told, joined, when):
        """The server cannot judge what is encrypted as its reader would."""
        rooms = {room["room_id"]: room for room in driver.call("rooms")}
        different = {}
        for id, counts in joined.items():
            mine = rooms[id]["notifications"], rooms[id]["highlight"]
            if not rooms[id]["encrypted"] and mine != (theirs := counts or told.counts(id)):
                different[id] = f"seen {mine}, told {theirs}"
        self.assertEqual(different, {}, when)

    def _order_agrees(self, driver, newest, when):
        """The room with the newest message comes first."""
        order = [room["room_id"] for room in driver.call("rooms") if room["room_id"] in newest]
        for place, (first, second) in enumerate(zip(order, order[1:])):
            self.assertLessEqual(newest[second], newest[first], f"{when}: rooms {place} and {place + 1} of the list")


if __name__ == "__main__":
    watchdog.arm(int(os.environ.get("PARVIS_TEST_SECONDS", str(300 + ROOMS * 4 + EVENTS // 5))))
    unittest.main(verbosity=2)
