#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the desktop is told of: what is there, as it is now, and never what was taken back."""
import os
import sys
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "homeserver"))

import watchdog
from driver import Driver
from hostile_server import PASSWORD
from sync_server import ROOM, SyncServer
from sync_world import NO_PROXY


class ToldMessages(unittest.TestCase):
    def setUp(self):
        self.server = SyncServer(False).start()
        self.addCleanup(self.server.close)
        self.driver = Driver("claire", vault="memory", environment=NO_PROXY)
        self.addCleanup(self.driver.close)
        self.tellings = 0
        self.server.message("bonjour")
        self.driver.launch()
        self.driver.call("login", server=self.server.base_url, user="claire", password=PASSWORD)
        self.driver.call("start")
        self.driver.wait_text(ROOM, "bonjour", timeout=20_000)

    def tell(self, *timeline):
        """With a message behind it, which is told of once all of it was looked at."""
        self.tellings += 1
        end = f"fini {self.tellings}"
        self.server.sync(self.server.news([*timeline, self.says(end)], self.server.state()))
        self.server.wait_taken()
        deadline = time.monotonic() + 20
        while end not in self.told() and time.monotonic() < deadline:
            time.sleep(0.05)
        self.assertIn(end, self.told())

    def told(self):
        return [one["body"] for one in self.driver.call("notifications")]

    def says(self, body, **content):
        return self.server.event(content={"msgtype": "m.text", "body": body, **content})

    def takes_back(self, event):
        return self.server.event("m.room.redaction", {"redacts": event["event_id"]}, redacts=event["event_id"])

    def corrects(self, event, body):
        return self.says(f"* {body}", **{"m.new_content": {"msgtype": "m.text", "body": body},
                                         "m.relates_to": {"rel_type": "m.replace", "event_id": event["event_id"]}})

    def test_taken_back_in_the_same_answer(self):
        secret = self.says("secret")
        self.tell(secret, self.takes_back(secret))
        self.assertNotIn("secret", str(self.driver.call("notifications")))

    def test_taken_back_before_it_came(self):
        secret = self.says("secret")
        self.tell(self.takes_back(secret))
        self.tell(secret)
        self.assertNotIn("secret", str(self.driver.call("notifications")))

    def test_taken_back_later(self):
        secret = self.says("secret")
        self.tell(secret)
        self.assertIn("secret", self.told())
        self.tell(self.takes_back(secret))
        self.assertNotIn("secret", str(self.driver.call("notifications")))

    def test_corrected_in_the_same_answer(self):
        first = self.says("demain")
        self.tell(first, self.corrects(first, "aujourd'hui"))
        self.assertIn("aujourd'hui", self.told())
        self.assertNotIn("demain", self.told())


if __name__ == "__main__":
    watchdog.arm(int(os.environ.get("PARVIS_TEST_SECONDS", "170")))
    unittest.main(verbosity=2)
