#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""Messages that are not kept: what a room lets expire leaves the window at its time, whatever the server sends, and what
the administration does not keep comes back only for whoever reads on."""
import os
import sys
import time
import unittest
import urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "homeserver"))

import watchdog
from driver import Driver
from hostile_server import Answer, PASSWORD
from sync_server import ROOM, SyncServer
from sync_world import NO_PROXY

HOUR = 3600 * 1000
DAY = 24 * HOUR
SOON = 5_000  # milliseconds until a message of these tests expires


class Server(SyncServer):
    """A server whose events have the times that a test gives them, and which knows what is around one."""

    def __init__(self):
        super().__init__(False)
        self.contexts = 0

    def says(self, body, age):
        """A message, so many milliseconds old."""
        event = {**self.event(content={"msgtype": "m.text", "body": body}),
                 "origin_server_ts": int(time.time() * 1000) - age}
        self.history.append(event)
        return event

    def _good(self, method, path, query, body):
        where = urllib.parse.unquote(path)
        if "/context/" in where:
            self.contexts += 1
            wanted = where.rsplit("/", 1)[1]
            at = next((n for n, one in enumerate(self.history) if one["event_id"] == wanted), None)
            if at is None:
                return Answer({"errcode": "M_NOT_FOUND", "error": "none"}, status=404)
            first = max(0, at - int(query.get("limit", 10)) // 2)
            return Answer({"event": self.history[at], "events_before": self.history[first:at][::-1],
                           "events_after": [], "state": [], "start": f"m{first}", "end": f"m{at + 1}"})
        return super()._good(method, path, query, body)


class World(unittest.TestCase):
    def begin(self, policy=None):
        self.server = Server().start()
        self.addCleanup(self.server.close)
        self.driver = Driver("claire", environment=NO_PROXY,
                             policy={"mandatory": {"search_history_days": 365, **(policy or {})}})
        self.addCleanup(self.driver.close)

    def sign_in(self, last):
        self.driver.launch()
        self.driver.call("login", server=self.server.base_url, user="claire", password=PASSWORD)
        self.driver.call("start")
        self.driver.wait_text(ROOM, last, timeout=20_000)

    def shown(self):
        return [item["body"] for item in self.driver.call("timeline", room=ROOM, limit=1000) if item.get("body")]

    def found(self, word):
        return [hit["event_id"] for hit in self.driver.call("search", text=word)["hits"]]

    def row(self):
        return next(one for one in self.driver.call("rooms") if one["room_id"] == ROOM)

    def until(self, holds, seconds=20):
        deadline = time.monotonic() + seconds
        while not holds():
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.05)


class Expiry(World):
    def setUp(self):
        self.begin()
        self.server.says("bonjour", 1000)
        self.sign_in("bonjour")

    def rule(self, most):
        return self.server.event("m.room.retention", {"max_lifetime": most}, state_key="")

    def tell(self, timeline=(), state=()):
        self.server.sync(self.server.news(list(timeline), self.server.state() + list(state)))
        self.server.wait_taken()

    def test_a_message_leaves_at_its_time(self):
        old, soon = self.server.says("camomille", 2 * HOUR), self.server.says("verveine", HOUR - SOON)
        self.tell([old, soon], [self.rule(HOUR)])
        self.driver.wait_text(ROOM, "verveine")
        self.assertEqual(self.shown(), ["bonjour", "verveine"])
        self.assertEqual(self.found("verveine"), [soon["event_id"]])
        self.assertEqual(self.found("camomille"), [])
        self.assertIn("verveine", str(self.row()))
        self.assertEqual([one["body"] for one in self.driver.call("notifications")], ["verveine"])
        before = self.driver.call("storage")

        due = soon["origin_server_ts"] + HOUR
        self.until(lambda: self.shown() == ["bonjour"])
        self.assertLess(time.time() * 1000 - due, 1500)
        self.assertGreaterEqual(time.time() * 1000, due)
        self.assertEqual(self.found("verveine"), [])
        self.assertNotIn("verveine", str(self.row()))
        self.assertEqual(self.driver.call("notifications"), [])
        after = self.driver.call("storage")
        self.assertEqual((after["purged"], after["events"]), (before["purged"] + 1, before["events"] - 1))
        self.assertEqual(self.driver.call("room_info", room=ROOM)["retention"], HOUR)
        self.assertNotIn("limit_bytes", after)
        self.assertNotIn("kept_days", after)

    def test_what_expired_is_not_shown_whoever_sends_it(self):
        soon = self.server.says("verveine", HOUR - 1000)
        self.tell([soon], [self.rule(1)])  # a millisecond counts as an hour
        time.sleep(1.2)  # whether it was shown for a moment depends on the machine
        self.until(lambda: self.shown() == ["bonjour"])
        again = self.server.says("tilleul", 10)
        self.tell([soon, again])
        self.driver.wait_text(ROOM, "tilleul")
        self.assertEqual([item["body"] for item in self.driver.history(ROOM) if item.get("body")], ["bonjour", "tilleul"])
        self.assertEqual(self.found("verveine"), [])

    def test_nothing_of_it_is_there_at_the_next_start(self):
        soon = self.server.says("verveine", HOUR - SOON)
        self.tell([soon], [self.rule(HOUR)])
        self.driver.wait_text(ROOM, "verveine")
        self.driver.kill()
        time.sleep(SOON / 1000 + 0.5)
        self.driver.launch()
        self.driver.call("restore")  # and no start: it is as it was left
        self.assertEqual(self.shown(), ["bonjour"])
        self.assertNotIn("verveine", str(self.row()))
        self.assertEqual(self.found("verveine"), [])

    def test_nonsense_keeps_everything(self):
        for nonsense in (-1, 0, "3600000", None, 1e300, {}, [HOUR], True):
            with self.subTest(nonsense=nonsense):
                body = f"ancien {nonsense!r}"
                self.tell([self.server.says(body, 500 * DAY)], [self.rule(nonsense)])
                self.driver.wait_text(ROOM, body)
        time.sleep(1.5)
        self.assertEqual(len(self.shown()), 9)


class Keeping(World):
    def test_messages_are_kept_as_long_as_the_administration_says(self):
        self.begin({"keep_messages_days": 30, "cache_limit_megabytes": 500})
        old = [self.server.says(f"lavande {n}", 60 * DAY - n)["content"]["body"] for n in range(20)]
        new = [self.server.says(f"romarin {n}", 1000 - n)["content"]["body"] for n in range(5)]
        self.driver.launch()
        self.driver.call("login", server=self.server.base_url, user="claire", password=PASSWORD)
        self.driver.call("start")
        # Nobody looks at the room: what comes while somebody does stays for as long.
        self.until(lambda: self.driver.call("storage")["events"] == 5)
        figures = self.driver.call("storage")
        self.assertEqual((figures["kept_days"], figures["limit_bytes"]), (30, 500 * 1024 * 1024))
        self.assertGreater(figures["oldest_ts"], time.time() * 1000 - 30 * DAY)
        self.assertGreaterEqual(figures["purged"], 5)
        self.assertEqual(self.found("lavande"), [])

        # Whoever reads on sees what the server has.
        self.assertEqual([item["body"] for item in self.driver.history(ROOM) if item.get("body")], old + new)
        self.assertGreater(self.server.contexts, 0)
        self.driver.kill()
        self.driver.resume()
        self.until(lambda: self.driver.call("storage")["events"] == 5)

        index = next(one for one in self.driver.call("index_status")["rooms"] if one["room_id"] == ROOM)
        self.assertFalse(index["complete"])


if __name__ == "__main__":
    watchdog.arm(int(os.environ.get("PARVIS_TEST_SECONDS", "170")))
    unittest.main(verbosity=2)
