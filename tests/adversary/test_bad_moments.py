#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""What one bad moment of a server, of its neighbour or of a proxy must not cost: a message, or the past of a room."""
import threading
import time

from scene import Accepts, Attacks, main
from matrix_api import quote  # from a folder that the scene has added


class Newcomers(Attacks):
    def member_known(self, room, user):
        for _ in range(100):
            if any(one["user_id"] == user and one.get("membership", "join") == "join"
                   for one in self.alice.call("members", room=room)):
                return
            time.sleep(0.1)
        self.fail("she does not know of the member")

    def held(self):
        """The next question about devices is not answered before the gate opens."""
        gate = threading.Event()
        return gate, self.proxy.rule("POST", "/keys/query", hold=gate, times=1)

    def asked(self, rule):
        for _ in range(100):
            if rule.hits:
                return
            time.sleep(0.1)
        self.fail("nobody's devices were asked for")

    def test_aWaitOfLongAgoIsNotTheNewcomers(self):
        """Somebody's server made one message wait; who joins afterwards is waited for all the same."""
        mallory, bob = self.forged("mallory"), self.forged("bob")
        room = self.room_with(mallory)
        self.says(room, "zéro")
        gate, rule = self.held()
        self.proxy.changed(mallory.user)
        self.asked(rule)
        self.says(room, "un")  # after five seconds, without her new devices
        gate.set()
        self.alice.wait_idle()
        time.sleep(12)

        gate, rule = self.held()
        self.server.acting(self.alice.user_id).call("POST", f"/rooms/{quote(room)}/invite", {"user_id": bob.user})
        bob.api.join(room)
        self.member_known(room, bob.user)
        self.asked(rule)
        threading.Timer(3, gate.set).start()
        self.says(room, "deux")
        self.alice.wait_idle()
        keys, _ = self.keys_sent_to(bob)
        self.assertTrue(keys)


class Pasts(Accepts):
    def setUp(self):
        super().setUp()
        self.invited()

    def joins_and_reads(self, rule):
        self.dave.call("join", room=self.room)
        until = time.monotonic() + 45
        while time.monotonic() < until:
            self.dave.call("paginate", room=self.room, back=True, count=100)
            lines = self.dave.call("timeline", room=self.room, limit=1000)
            if any(one.get("event_id") == self.past and one["readable"] for one in lines):
                self.assertTrue(rule.hits)
                return
            time.sleep(0.5)
        self.fail("dave does not read the past")

    def test_aProxysPageInPlaceOfTheKeys(self):
        self.joins_and_reads(self.proxy.rule("GET", "/media/download/.*", times=1,
                                             raw=lambda body: b"<html>please wait, scanning</html>"))

    def test_theKeysAreNotFoundOnce(self):
        self.joins_and_reads(self.proxy.rule("GET", "/media/download/.*", status=404, times=1,
                                             body={"errcode": "M_NOT_FOUND", "error": "not yet"}))

    def test_anEmptyPageWithoutEndIsNotTheBeginning(self):
        """What a homeserver says whose neighbour, which has the rest, does not answer for a moment."""
        for number in range(60):  # more than a synchronisation shows by itself
            self.bob.call("send", room=self.room, body=f"n° {number}", wait=True)
        self.joins_and_reads(self.proxy.rule("GET", "/rooms/.*/messages", times=2,
                                             answer=lambda body, asked: {"chunk": [], "start": body["start"]}))


if __name__ == "__main__":
    main()
