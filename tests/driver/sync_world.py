# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""Parvis at a server that synchronises badly: one world for each of the two dialects.

    world = SyncWorld(sliding=True)
    good = world.good()                 a message that must be there exactly once, whatever comes with it
    world.server.sync(...); world.arrives(good); world.check_kept()
"""
import itertools
import re
import time

from driver import Driver
from hostile_server import PASSWORD
from sync_server import ROOM, ROOM_NAME, SyncServer

SENTENCE = re.compile(r"^\S.*[.!?…] \(([A-Z0-9_.]+)\)$")
NO_PROXY = {name: "" for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY")}


class SyncWorld:
    """`case`: whose assertions are used."""

    def __init__(self, case, sliding, language):
        self.case = case
        self.name = "sliding" if sliding else "classic"
        self.server = SyncServer(sliding).start()
        case.addClassCleanup(self.server.close)
        self.driver = Driver(self.name, options=("--lang", language), environment=NO_PROXY)
        case.addClassCleanup(self.driver.close)
        self.bodies = []
        self._numbers = itertools.count(1)

    def sign_in(self):
        first = [self.good() for _ in range(3)]
        self.driver.launch()
        self.driver.call("login", server=self.server.base_url, user="claire", password=PASSWORD)
        self.driver.call("start")
        self.arrives(first[-1])
        self.driver.call("wait_idle")
        self.memory = self.resident()
        return self

    def good(self):
        self.bodies.append(f"bonne nouvelle {next(self._numbers)} de {self.name}")
        return self.server.message(self.bodies[-1])

    def arrives(self, good, timeout=30_000):
        item = self.driver.wait_text(ROOM, good["content"]["body"], timeout=timeout)
        self.case.assertEqual((item["event_id"], item["sender"]), (good["event_id"], good["sender"]))
        return item

    def recovers(self):
        """One more good message comes through, and all is well again; answers how long that took."""
        begun = time.monotonic()
        good = self.good()
        self.server.sync(self.server.news([good], self.server.state()))
        self.arrives(good)
        self.is_online()
        return time.monotonic() - begun

    def is_online(self):
        deadline = time.monotonic() + 20
        while (status := self.driver.call("status"))["connection"] != "online":
            self.case.assertLess(time.monotonic(), deadline, status)
            time.sleep(0.02)
        self.case.assertEqual(status["sync"], "sliding" if self.server.sliding else "v2")

    def said(self, kind, code, timeout=30):
        """The person is told that the connection is not there, and why."""
        reason = self.driver.wait_event("connection", timeout, state="offline")["reason"]
        self.case.assertEqual((reason["kind"], reason["code"]), (kind, code))
        sentence = SENTENCE.match(reason["message"])
        self.case.assertIsNotNone(sentence, reason["message"])
        self.case.assertEqual(sentence[1], code)
        return reason["message"]

    def forget_events(self):
        while self.driver.events("connection"):
            self.driver.wait_event("connection", 1)

    def silent(self):
        """Nothing was wrong since forget_events()."""
        wrong = [event for event in self.driver.events("connection") if event["state"] == "offline"]
        self.case.assertEqual(wrong, [])

    def resident(self):
        return self.driver.call("status")["rss_kb"]

    def peak(self):
        """The most memory since the process began or forget_peak(), in KiB."""
        with open(f"/proc/{self.driver.pid}/status", encoding="ascii") as file:
            return next(int(line.split()[1]) for line in file if line.startswith("VmHWM:"))

    def forget_peak(self):
        with open(f"/proc/{self.driver.pid}/clear_refs", "w", encoding="ascii") as file:
            file.write("5")

    def check_kept(self):
        """Every good message exactly once, in the server's order, in a room that is as it was."""
        items = self.driver.history(ROOM)
        keys = [item["event_id"] for item in items]
        self.case.assertEqual(len(keys), len(set(keys)), "an event has two lines")
        wanted = set(self.bodies)
        found = [item["body"] for item in items if item["body"] in wanted]
        self.case.assertEqual(found, self.bodies)
        rooms = {room["room_id"]: room for room in self.driver.call("rooms")}
        self.case.assertIn(ROOM, rooms)
        self.case.assertEqual((rooms[ROOM]["name"], rooms[ROOM]["membership"]), (ROOM_NAME, "join"))
        self.case.assertEqual(self.driver.call("queue"), [])
        return items

    def restart(self, orderly):
        if orderly:
            self.case.assertEqual(self.driver.stop(), 0)
        else:
            self.driver.kill()
        self.driver.resume()
        self.is_online()
