#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who gets no key is told why, between Parvis and an independent client.

PARVIS_DRIVER names the program under test; without one the scenes are skipped. m.history_not_shared goes with an
invitation and is in test_history.py.
"""
import os
import sqlite3
import sys
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "homeserver"))

import watchdog
from driver import PASSWORD, SHIPPED
from scene import Scene, everywhere

UNVERIFIED = "MEGOLM_KEY_WITHHELD_FOR_UNVERIFIED_DEVICE"
# The shape of a message of a session that nobody has.
NOTHING = {"algorithm": "m.megolm.v1.aes-sha2", "ciphertext": "AwgAEnACgAkLmt6qF84IK++J7UDH2Za1YVchHyprqTqsg"}


class Scenes(Scene):
    def other_room(self, bob, alice):
        """An encrypted room which the other client makes and Parvis joins."""
        room = bob.create_room(encrypted=True, invite=[alice.user_id])
        for _ in range(80):
            alice.wait_idle()
            if any(one["room_id"] == room for one in alice.call("rooms")):
                break
            time.sleep(0.25)
        alice.call("join", room=room)
        bob.call("waitMember", room=room, user=alice.user_id, timeout=30_000)
        return room

    def reason(self, alice, room, event, wanted):
        """The word may come a moment after the message."""
        seen = alice.call("wait_message", room=room, event_id=event, readable=False, reason=wanted, timeout=30_000)
        self.assertEqual(seen["reason"], wanted, seen)

    def without_one_time_keys(self, server, client):
        """Nobody can begin to write to this device."""
        with sqlite3.connect(server.database, timeout=30) as database:
            for table in ("e2e_one_time_keys_json", "e2e_fallback_keys_json"):
                database.execute(f"DELETE FROM {table} WHERE user_id = ? AND device_id = ?",
                                 (client.user_id, client.device_id))
        database.close()

    # --- m.unverified -------------------------------------------------------------------------

    def test_parvisTellsTheOther(self):
        alice, bob = self.parvis("alice", policy=SHIPPED), self.peer("bob")
        alice.call("bootstrap", password=PASSWORD, timeout=60_000)
        room = self.room_with(alice, bob)
        body = self.body("pas pour tous")
        event = alice.call("send", room=room, body=body, wait=True)["event_id"]

        # The word may come a moment after the message.
        for _ in range(40):
            seen = bob.call("waitMessage", room=room, eventId=event, undecrypted=True)["decryptionFailure"]
            if seen == UNVERIFIED:
                break
            time.sleep(0.25)
        self.assertEqual(seen, UNVERIFIED)

        bob.call("bootstrap")
        for _ in range(4):
            alice.wait_idle()
        self.says(alice, room, "maintenant oui", bob)

    def test_theOtherTellsParvis(self):
        alice, bob = self.parvis("alice"), self.peer("bob")
        bob.call("bootstrap")
        bob.call("isolation", mode="signed")
        room = self.other_room(bob, alice)
        event = bob.send(room, self.body("pas pour tous"))

        self.reason(alice, room, event, "untrusted_device")

        alice.call("bootstrap", password=PASSWORD, timeout=60_000)
        alice.wait_idle()
        bob.call("waitSigned", user=alice.user_id, device=alice.device_id)
        self.hears(bob, room, "maintenant oui", alice)

    # --- m.blacklisted ------------------------------------------------------------------------

    def test_theOtherBlocksParvis(self):
        alice, bob = self.parvis("alice"), self.peer("bob")
        room = self.other_room(bob, alice)
        self.hears(bob, room, "tant que tout va bien", alice)
        bob.call("block", user=alice.user_id, device=alice.device_id)
        bob.call("discardSession", room=room)

        event = bob.send(room, self.body("pas pour cet appareil"))

        self.reason(alice, room, event, "not_for_this_device")
        bob.call("block", user=alice.user_id, device=alice.device_id, on=False)
        self.hears(bob, room, "maintenant oui", alice)

    # --- m.no_olm -----------------------------------------------------------------------------

    def test_parvisFindsNoWayToTheOther(self):
        alice, bob = self.parvis("alice"), self.peer("bob")
        room = self.room_with(alice, bob)
        self.knows_devices(alice, bob.user_id, 1)
        self.without_one_time_keys(self.bed.servers[-1], bob)

        event = alice.call("send", room=room, body=self.body("sans chemin"), wait=True, timeout=60_000)["event_id"]

        self.assertEqual(bob.wait_event("withheld", timeout=30)["code"], "m.no_olm")
        bob.call("waitMessage", room=room, eventId=event, undecrypted=True)
        self.hears(bob, room, "voici un chemin", alice)
        self.says(alice, room, "merci", bob)

    def test_theOtherFindsNoWayToParvis(self):
        alice, bob = self.parvis("alice"), self.peer("bob")
        room = self.other_room(bob, alice)
        bob.call("waitDevices", user=alice.user_id)
        self.without_one_time_keys(self.bed.servers[0], alice)

        event = bob.send(room, self.body("sans chemin"))

        alice.call("wait_message", room=room, event_id=event, readable=False, timeout=30_000)
        # Parvis heard of it, and made a way by itself: the other client can claim nothing at this device.
        for turn in range(40):
            alice.wait_idle()
            late = self.body(f"par le chemin de Parvis, essai {turn}")
            seen = alice.call("wait_message", room=room, event_id=bob.send(room, late), timeout=30_000)
            if seen["readable"]:
                return
            time.sleep(0.5)
        self.fail(f"still unreadable: {seen}")

    # --- what the other client never says by itself ---------------------------------------------

    def test_otherWordsAreUnderstood(self):
        """m.unavailable, m.unauthorised and what may come one day: written by hand, of sessions that nobody has."""
        alice, bob = self.parvis("alice"), self.peer("bob")
        room = self.other_room(bob, alice)
        for number, code in enumerate(("m.unavailable", "m.unauthorised", "org.example.other")):
            session = "ABC"[number] * 43
            event = bob.call("raw", method="PUT", path=f"/rooms/{room}/send/m.room.encrypted/{self.number}-{number}",
                             body={**NOTHING, "session_id": session})["event_id"]
            self.reason(alice, room, event, "key_not_arrived")
            word = {"algorithm": NOTHING["algorithm"], "room_id": room, "session_id": session, "code": code,
                    "sender_key": "x", "reason": "n'importe quoi"}
            bob.call("raw", method="PUT", path=f"/sendToDevice/m.room_key.withheld/{self.number}-{number}",
                     body={"messages": {alice.user_id: {alice.device_id: word}}})
            self.reason(alice, room, event, "not_for_this_device")


globals().update(everywhere(Scenes, __name__))


if __name__ == "__main__":
    watchdog.arm(int(os.environ.get("PARVIS_TEST_SECONDS", "600")))
    unittest.main(verbosity=2)
