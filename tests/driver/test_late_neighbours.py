#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a neighbour server had while the person read here: it stands among what is known, and is found there."""
import os
import sys
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "homeserver"))

import watchdog
from driver import Driver
from homeserver import TestBed

DEEP = 140  # known messages behind which the late ones stand: more than one page


class LateNeighbours(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.bed = TestBed(federation=True).start()
        cls.addClassCleanup(cls.bed.close)
        cls.near, cls.far = cls.bed.servers
        cls.driver = Driver("claire").log_in(cls.near)
        cls.addClassCleanup(cls.driver.close)
        cls.paul = cls.near.register("paul")
        cls.nadia = cls.far.register("nadia")

    def until(self, holds, what, seconds=60):
        deadline = time.monotonic() + seconds
        while not holds() and time.monotonic() < deadline:
            time.sleep(0.2)
        self.assertTrue(holds(), what)

    def bodies(self, room):
        return [item.get("body") for item in self.driver.history(room) if item["type"] == "m.room.message"]

    def test_what_came_late_is_found_behind_a_gap(self):
        room = self.paul.call("POST", "/createRoom", {
            "preset": "public_chat", "invite": [self.driver.user_id, self.nadia.user_id]})["room_id"]
        self.driver.call("join", room=room)
        self.nadia.call("POST", f"/join/{room}?server_name={self.near.name}", {})
        self.paul.send(room, "avant")
        self.until(lambda: "avant" in self.bodies(room), "the room is there")
        with self.bed.cut_off(self.near):
            for number in range(3):
                self.nadia.send(room, f"tard {number}")
            for number in range(DEEP):
                self.paul.send(room, f"tôt {number}")
            self.until(lambda: f"tôt {DEEP - 1}" in self.bodies(room), "what was said here is known")
            self.driver.call("stop")
        self.until(lambda: "tard 2" in str(self.paul.messages(room, limit=500)["chunk"]), "the line is mended", 120)
        for number in range(60):
            self.paul.send(room, f"après {number}")
        self.driver.call("start")
        self.until(lambda: "après 59" in self.bodies(room), "the newest")
        self.assertNotIn(None, self.bodies(room))
        self.until(lambda: "tard 2" in self.bodies(room), "what came late")
        said = [body for body in self.bodies(room) if body != "avant"]
        self.assertEqual(len(said), len(set(said)))
        self.assertEqual(len(said), 3 + DEEP + 60)
        self.assertLess(said.index("tard 2"), said.index("après 0"))


if __name__ == "__main__":
    watchdog.arm(300)
    unittest.main(verbosity=2)
