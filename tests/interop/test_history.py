#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who is invited reads what was said before (MSC4268), between Parvis and an independent client.

PARVIS_DRIVER names the program under test; without one the scenes are skipped.
"""
import os
import sys
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "homeserver"))

import watchdog
from driver import PASSWORD
from json_lines import CommandError
from scene import Scene, everywhere


NOT_SHARED = "The sender disabled sharing encrypted history."


class Scenes(Scene):
    def parvis_with_identity(self, name, **more):
        driver = self.parvis(name, **more)
        driver.call("bootstrap", password=PASSWORD, timeout=60_000)
        driver.wait_idle()
        return driver

    def peer_with_identity(self, name, **more):
        peer = self.peer(name, **more)
        peer.call("bootstrap")
        return peer

    def set_visibility(self, driver, room, visibility):
        # What is sent before the server has told of it goes by the old rule: a name that comes after it is waited for.
        for kind, content in (("history_visibility", {"history_visibility": visibility}),
                              ("name", {"name": f"Essai ({visibility})"})):
            answer = driver.call("raw", method="PUT", body=content,
                                 path=f"/_matrix/client/v3/rooms/{room}/state/m.room.{kind}/")
            self.assertEqual(answer["status"], 200, answer)
        for _ in range(80):
            driver.wait_idle()
            if any(one["name"] == f"Essai ({visibility})" for one in driver.call("rooms")):
                return
            time.sleep(0.25)
        self.fail("the room keeps its name")

    def own_room(self, alice):
        return alice.call("create_room", name="Essai", kind="private")["room_id"]

    def parvis_joins(self, driver, room):
        for _ in range(80):
            driver.wait_idle()
            if any(one["room_id"] == room for one in driver.call("rooms")):
                break
            time.sleep(0.25)
        driver.call("join", room=room)
        driver.wait_idle()

    def peer_joins(self, peer, room):
        """Across servers the other client is shown nothing of before its joining unless it asks for it."""
        peer.join(room)
        peer.call("bodies", room=room, full=True)

    def parvis_reads(self, driver, room, body):
        """A server that has yet to ask the other one for the past may answer an empty page for a moment."""
        for _ in range(60):
            driver.history(room)
            try:
                return driver.wait_text(room, body, timeout=1_000)
            except CommandError as error:
                if error.kind != "timeout":
                    raise
        self.fail(f"{body}: {driver.history(room)}")

    def test_theOtherReadsWhatWasSaidBefore(self):
        alice, bob = self.parvis_with_identity("alice"), self.peer_with_identity("bob")
        room = self.own_room(alice)
        said = [self.body("avant l'invitation"), self.body("encore avant")]
        for body in said:
            alice.call("send", room=room, body=body, wait=True)

        alice.call("invite", room=room, user=bob.user_id, timeout=90_000)
        self.peer_joins(bob, room)

        for body in said:
            self.assertTrue(bob.wait_text(room, body)["encrypted"])
        self.sees_member(alice, room, bob.user_id)
        self.says(alice, room, "après", bob)

    def test_parvisReadsWhatWasSaidBefore(self):
        alice, bob = self.parvis_with_identity("alice"), self.peer_with_identity("bob")
        room = bob.create_room(encrypted=True)
        said = [self.body("avant l'invitation"), self.body("encore avant")]
        for body in said:
            bob.send(room, body)

        bob.call("invite", room=room, user=alice.user_id)
        self.parvis_joins(alice, room)

        for body in said:
            read = self.parvis_reads(alice, room, body)
            self.assertEqual((read["encrypted"], read["shield_reason"], read["shared_by"]),
                             (True, "key_from_elsewhere", bob.user_id))
        bob.call("waitMember", room=room, user=alice.user_id)
        event = self.hears(bob, room, "après", alice)
        self.assertNotIn("shared_by", alice.call("wait_message", room=room, event_id=event))

    def test_parvisReadsAfterARestart(self):
        alice, bob = self.parvis_with_identity("alice"), self.peer_with_identity("bob")
        room = bob.create_room(encrypted=True)
        said = self.body("avant l'invitation")
        bob.send(room, said)
        bob.call("invite", room=room, user=alice.user_id)
        for _ in range(40):
            alice.wait_idle()
            if any(one["room_id"] == room for one in alice.call("rooms")):
                break
            time.sleep(0.25)
        alice.kill()
        alice.resume()

        self.parvis_joins(alice, room)

        self.assertTrue(self.parvis_reads(alice, room, said)["encrypted"])

    def test_whatIsNotForWhomIsInvitedStaysUnread(self):
        alice, bob = self.parvis_with_identity("alice"), self.peer_with_identity("bob")
        room = self.own_room(alice)
        self.set_visibility(alice, room, "joined")
        secret = self.body("entre nous")
        hidden = alice.call("send", room=room, body=secret, wait=True)["event_id"]
        self.set_visibility(alice, room, "shared")
        shown = self.body("pour tous")
        alice.call("send", room=room, body=shown, wait=True)

        alice.call("invite", room=room, user=bob.user_id, timeout=90_000)
        self.peer_joins(bob, room)

        bob.wait_text(room, shown)
        seen = bob.call("bodies", room=room, full=True)
        self.assertFalse([one for one in seen if one["eventId"] == hidden and one["body"]])
        # The server does not even show it; who gets hold of it all the same was told why there is no key.
        opened = bob.call("opens", event=self.on_the_wire(alice, room, hidden))
        self.assertEqual(opened.get("withheld"), NOT_SHARED, opened)

    def test_whatTheOtherHoldsBackStaysUnread(self):
        alice, bob = self.parvis_with_identity("alice"), self.peer_with_identity("bob")
        room = bob.create_room(encrypted=True)
        # Of a time when the room was closed, as far as the other client knows: a key that it does not share.
        bob.call("pretendVisibility", room=room, visibility="joined")
        hidden = bob.send(room, self.body("entre nous"))
        bob.call("pretendVisibility", room=room)
        bob.call("discardSession", room=room)
        shown = self.body("pour tous")
        bob.send(room, shown)

        bob.call("invite", room=room, user=alice.user_id)
        self.parvis_joins(alice, room)

        self.assertEqual(self.parvis_reads(alice, room, shown)["shared_by"], bob.user_id)
        # m.history_not_shared adds nothing to what the server says of the time before one joined. The backup, where
        # there is one, is asked first.
        item = alice.call("wait_message", room=room, event_id=hidden, readable=False, reason="sent_before_joining")
        self.assertEqual(item["remedy"], "none")

    def test_aDeviceThatIsNotSignedReadsNothing(self):
        alice, bob = self.parvis_with_identity("alice"), self.peer("bob")
        room = self.own_room(alice)
        said = self.body("avant l'invitation")
        alice.call("send", room=room, body=said, wait=True)

        alice.call("invite", room=room, user=bob.user_id, timeout=90_000)
        self.peer_joins(bob, room)

        bob.call("waitMessage", room=room, undecrypted=True)
        self.sees_member(alice, room, bob.user_id)
        self.says(alice, room, "après", bob)
        seen = bob.call("bodies", room=room, full=True)
        self.assertNotIn(said, [one["body"] for one in seen])


globals().update(everywhere(Scenes, __name__))


if __name__ == "__main__":
    watchdog.arm(int(os.environ.get("PARVIS_TEST_SECONDS", "600")))
    unittest.main(verbosity=2)
