#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""A server that says now this and now that of a room's encryption: what the window says of it holds, also for what is sent."""
import json
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
from json_lines import CommandError
from sync_server import BOB, ROOM, SyncServer
from sync_world import NO_PROXY

MEGOLM = {"algorithm": "m.megolm.v1.aes-sha2"}
NONE = {"errcode": "M_NOT_FOUND", "error": "none"}


class Server(SyncServer):
    """Keeps what is sent, and knows of no encryption when it is asked."""

    def __init__(self):
        super().__init__(False)
        self.sent = []

    def _good(self, method, path, query, body):
        where = urllib.parse.unquote(path)
        if method == "PUT" and "/send/m.room" in where:
            self.sent.append((where.split("/send/")[1].split("/")[0], json.loads(body)))
            return Answer({"event_id": f"$sent{len(self.sent)}"})
        if "/state/m.room.encryption" in where:
            return Answer(NONE, status=404)
        return super()._good(method, path, query, body)


class ClearRooms(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server().start()
        cls.addClassCleanup(cls.server.close)
        cls.driver = Driver("claire", vault="memory", environment=NO_PROXY)
        cls.addClassCleanup(cls.driver.close)
        cls.server.message("bonjour")
        cls.driver.launch()
        cls.driver.call("login", server=cls.server.base_url, user="claire", password=PASSWORD)
        cls.driver.call("start")
        cls.driver.wait_text(ROOM, "bonjour", timeout=20_000)

    def setUp(self):
        self.room = f"!{self.id().rsplit('_', 1)[1]}:hostile.example"
        self.server.sent.clear()
        self.server.history = []

    def told(self, timeline=(), state=(), **more):
        self.server.sync(self.server.news(list(timeline), self.server.state() + list(state), room=self.room, **more))
        self.server.wait_taken()
        for event in timeline:
            if event["type"] == "m.room.message":
                self.driver.wait_text(self.room, event["content"]["body"], timeout=20_000)

    def encryption(self):
        return self.server.event("m.room.encryption", MEGOLM, state_key="")

    def says(self, body, **over):
        return {**self.server.event(content={"msgtype": "m.text", "body": body}), **over}

    def row(self):
        return next(one for one in self.driver.call("rooms") if one["room_id"] == self.room)

    def until(self, holds):
        deadline = time.monotonic() + 20
        while not holds() and time.monotonic() < deadline:
            time.sleep(0.05)
        self.assertTrue(holds())

    def marks(self, *bodies):
        return [(item.get("shield"), item.get("shield_reason")) for body in bodies
                for item in self.driver.history(self.room) if item.get("body") == body]

    def test_anInvitationThatTellsOfEncryption(self):
        """Whoever invites makes that up: the room itself says what it is, and the window says the same as what is done."""
        stripped = [{"type": "m.room.encryption", "state_key": "", "sender": BOB, "content": MEGOLM},
                    {"type": "m.room.member", "state_key": self.server.user_id, "sender": BOB,
                     "content": {"membership": "invite"}}]
        self.server.sync({"rooms": {"invite": {self.room: {"invite_state": {"events": stripped}}}}})
        self.until(lambda: any(one["room_id"] == self.room for one in self.driver.call("rooms")))
        self.assertTrue(self.row()["encrypted"])  # as it is told
        self.told([self.says("en clair")])
        self.assertFalse(self.row()["encrypted"])
        self.assertFalse(self.driver.call("room_info", room=self.room).get("encryption"))
        self.assertNotIn("sent_in_clear", [reason for _, reason in self.marks("en clair")])

    def test_whatAPageOfThePastTells(self):
        """The state is hidden, and a page of history has it: from then on nothing goes in clear."""
        self.server.history = [self.encryption()]
        self.told([self.says("du direct")], limited=True, prev_batch="m1")
        self.assertFalse(self.row()["encrypted"])
        self.driver.history(self.room)
        self.until(lambda: self.row()["encrypted"])
        try:
            self.driver.call("send", room=self.room, body="secret", wait=True, timeout=5_000)
        except CommandError:
            pass  # whom it is for, this server does not say
        self.assertEqual([body for kind, body in self.server.sent if kind == "m.room.message"], [])

    def test_whatSlippedInWithTheEventOnceMore(self):
        """The event comes again behind a message that says it is older: that was not there when all of it was known."""
        began = self.encryption()
        self.told([began, self.says("vu")], [began])
        early = self.says("virez", origin_server_ts=began["origin_server_ts"] - 1000)
        self.told([early, began])
        self.assertEqual(self.marks("vu", "virez"), [("red", "sent_in_clear")] * 2)

    def test_whatAPageBroughtStaysMarked(self):
        """Known as encrypted from the state alone, so all of it is marked; then the event is shown as if it were new."""
        began = self.encryption()
        self.server.history = [self.says("ancien")]
        self.told([self.says("récent")], [began], limited=True, prev_batch="m1")
        self.assertEqual(self.marks("ancien", "récent"), [("red", "sent_in_clear")] * 2)
        self.told([began])
        self.told([self.says("après")])
        self.assertEqual(self.marks("ancien", "récent", "après"), [("red", "sent_in_clear")] * 3)

    def test_whomThePersonIgnoresCountsForNothing(self):
        def ignores(*users):
            self.server.sync({"account_data": {"events": [{"type": "m.ignored_user_list", "content": {
                "ignored_users": {user: {} for user in users}}}]}})

        def told_of():
            return {one["body"] for one in self.driver.call("notifications")}

        dora = "@dora:hostile.example"
        self.told([self.says("de dora", sender=dora), self.says("de bob", sender=BOB)])
        self.until(lambda: self.row()["unread"] == 2 and told_of() >= {"de dora", "de bob"})
        ignores(BOB)
        self.until(lambda: self.row()["unread"] == 1)
        self.until(lambda: "de bob" not in told_of())
        self.server.sync(self.server.news([self.says("encore de bob", sender=BOB)], self.server.state(), room=self.room))
        self.told([self.says("encore de dora", sender=dora)])
        self.assertEqual(self.row()["unread"], 2)
        self.assertNotIn("encore de bob", told_of())
        ignores()
        self.until(lambda: self.row()["unread"] == 4)


if __name__ == "__main__":
    watchdog.arm(int(os.environ.get("PARVIS_TEST_SECONDS", "170")))
    unittest.main(verbosity=2)
