#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""Parvis and an independent client read each other, and the servers between them read nothing.

Each scene is played with sliding sync and with sync v2, on one server and across two.
PARVIS_DRIVER names the program under test; without one the scenes are skipped.
"""
import os
import sys
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "homeserver"))

import watchdog
from homeserver import TestBed
from json_lines import CommandError
from scene import Scene, everywhere


class Scenes(Scene):
    def test_syncsTheWayTheServerOffers(self):
        alice = self.parvis("alice")

        alice.wait_idle()

        self.assertEqual(alice.call("status")["sync"], "sliding" if self.sliding else "v2")

    def test_bothWays(self):
        alice, bob = self.parvis("alice"), self.peer("bob")
        room = self.room_with(alice, bob)

        for turn in range(3):
            self.says(alice, room, f"question {turn} de Parvis", bob)
            self.hears(bob, room, f"réponse {turn} de l'autre client", alice)

    def test_roomOfTheOtherClient(self):
        alice, bob = self.parvis("alice"), self.peer("bob")
        room = bob.create_room(encrypted=True, invite=[alice.user_id])
        alice.wait_idle()
        alice.call("join", room=room)
        bob.call("waitMember", room=room, user=alice.user_id)

        self.hears(bob, room, "bienvenue dans le salon", alice)
        self.says(alice, room, "merci de m'accueillir", bob)

    def test_edits(self):
        alice, bob = self.parvis("alice"), self.peer("bob")
        room = self.room_with(alice, bob)
        mine = self.says(alice, room, "rendez-vous lundi", bob)
        theirs = self.hears(bob, room, "salle du premier étage", alice)
        corrected, moved = self.body("rendez-vous mardi"), self.body("salle du deuxième étage")

        alice.call("edit", room=room, of=mine, body=corrected)
        bob.call("edit", room=room, of=theirs, text=moved)

        self.assertEqual(bob.wait_text(room, corrected)["eventId"], mine)
        item = alice.wait_text(room, moved)
        self.assertEqual((item["event_id"], bool(item["edited"])), (theirs, True))

    def test_lateJoiner(self):
        alice, bob = self.parvis("alice"), self.peer("bob")
        room = self.room_with(alice, bob)
        self.says(alice, room, "avant l'arrivée de Carole", bob)
        carol = self.peer("carol")

        alice.call("invite", room=room, user=carol.user_id)
        carol.join(room)
        self.sees_member(alice, room, carol.user_id)

        self.says(alice, room, "bienvenue à Carole", bob, carol)
        self.hears(carol, room, "bonjour de Carole", alice)

    def test_lateParvis(self):
        bob, carol = self.peer("bob"), self.peer("carol", 0)
        room = bob.create_room(encrypted=True, invite=[carol.user_id])
        carol.join(room)
        bob.send(room, self.body("entre nous deux d'abord"))
        alice = self.parvis("alice")

        bob.call("invite", room=room, user=alice.user_id)
        alice.wait_idle()
        alice.call("join", room=room)
        for one in (bob, carol):
            one.call("waitMember", room=room, user=alice.user_id)

        self.hears(bob, room, "bienvenue à Alice", alice)
        self.hears(carol, room, "et de ma part aussi", alice)
        self.says(alice, room, "merci à tous les deux", bob, carol)

    def test_secondDeviceOfTheOther(self):
        alice, bob = self.parvis("alice"), self.peer("bob")
        room = self.room_with(alice, bob)
        self.says(alice, room, "un seul appareil", bob)

        phone = self.peer("bob", register=False, deviceName="téléphone")
        self.knows_devices(alice, bob.user_id, 2)

        self.says(alice, room, "maintenant deux appareils", bob, phone)
        self.hears(phone, room, "depuis le téléphone", alice)

    def test_secondParvisDevice(self):
        alice, bob = self.parvis("alice"), self.peer("bob")
        room = self.room_with(alice, bob)
        self.hears(bob, room, "à un seul Parvis", alice)

        laptop = self.parvis("alice", register=False, device_name="portable")
        laptop.wait_idle()
        bob.call("waitDevices", user=alice.user_id, count=2)
        alice.wait_idle()

        self.hears(bob, room, "aux deux Parvis", alice, laptop)
        body = self.body("du portable à tous")
        laptop.call("send", room=room, body=body, wait=True)
        bob.wait_text(room, body)
        alice.wait_text(room, body)

    def test_reactionsAnswersAndThreads(self):
        alice, bob = self.parvis("alice"), self.peer("bob")
        room = self.room_with(alice, bob)
        root = self.says(alice, room, "une question", bob)

        # Reactions go in clear, both ways, and can be taken back.
        alice.call("react", room=room, to=root, key="👍", wait=True)
        seen = bob.call("waitMessage", room=room, type="m.reaction", key="👍")
        self.assertEqual((seen["sender"], seen["relatesTo"]["event_id"], seen["encrypted"]),
                         (alice.user_id, root, False))
        theirs = bob.call("react", room=room, to=root, key="👀")["eventId"]
        self.has_reactions(alice, room, root, {"👍": [alice.user_id], "👀": [bob.user_id]})
        bob.call("redact", room=room, event=theirs)
        self.has_reactions(alice, room, root, {"👍": [alice.user_id]})
        alice.call("unreact", room=room, to=root, key="👍")
        self.has_reactions(alice, room, root, {})
        bob.call("waitRedacted", room=room, event=seen["eventId"])
        self.assertEqual(self.refused(alice, "unreact", room=room, to=root, key="👍"), "PARVIS_NO_SUCH_REACTION")

        # An answer, and one to it.
        body = self.body("une réponse")
        answer = alice.call("reply", room=room, to=root, body=body, wait=True)["event_id"]
        seen = bob.wait_text(room, body)
        self.assertEqual(seen["relatesTo"]["m.in_reply_to"]["event_id"], root)
        body = self.body("et une autre")
        bob.call("reply", room=room, to=answer, text=body)
        self.assertEqual(alice.wait_text(room, body)["reply_to"], answer)

        # A thread that either begins.
        for number in range(2):
            body = self.body(f"dans le fil {number}")
            alice.call("send", room=room, thread=root, body=body, wait=True)
            relation = bob.wait_text(room, body)["relatesTo"]
            self.assertEqual((relation["rel_type"], relation["event_id"], relation["is_falling_back"]),
                             ("m.thread", root, True))
        body = self.body("de l'autre, dans le fil")
        bob.call("thread", room=room, root=root, text=body)
        item = alice.wait_text(room, body)
        self.assertEqual((item["thread"], item.get("reply_to")), (root, None))

        # And what is removed is gone for both.
        alice.call("redact", room=room, event=answer, reason="par erreur", wait=True)
        bob.call("waitRedacted", room=room, event=answer)

    def has_reactions(self, alice, room, event, wanted):
        for _ in range(80):
            seen = [item["reactions"] for item in alice.call("timeline", room=room, limit=50)
                    if item["event_id"] == event]
            if seen == [wanted]:
                return
            time.sleep(0.25)
        self.fail(f"{seen} instead of {wanted}")

    def refused(self, driver, command, **arguments):
        with self.assertRaises(CommandError) as caught:
            driver.call(command, **arguments)
        return caught.exception.error["code"]

    def test_restart(self):
        alice, bob = self.parvis("alice"), self.peer("bob")
        room = self.room_with(alice, bob)
        self.says(alice, room, "avant de fermer", bob)
        self.assertEqual(alice.stop(), 0)
        body = self.body("pendant l'absence")
        bob.send(room, body)

        alice.resume()

        alice.wait_text(room, body)
        self.says(alice, room, "de retour", bob)
        self.hears(bob, room, "bon retour", alice)

    def test_sentWhileTheServerIsAway(self):
        alice, bob = self.parvis("alice"), self.peer("bob")
        room = self.room_with(alice, bob)
        self.says(alice, room, "tant que tout va bien", bob)
        bodies = [self.body(f"écrit hors ligne {n}") for n in range(3)]

        self.bed.servers[0].stop()
        for body in bodies:
            alice.call("send", room=room, body=body)
        self.bed.servers[0].start()

        for body in bodies:
            bob.wait_text(room, body, timeout=60_000)
        read = [message["body"] for message in bob.call("bodies", room=room, full=True)]
        self.assertEqual([body for body in read if body in bodies], bodies)


globals().update(everywhere(Scenes, __name__))


class TheSearchFinds(unittest.TestCase):
    def test_whatIsNotEncrypted(self):
        """Else "not found in the database" would mean nothing."""
        with TestBed() as bed:
            api = bed.servers[0].register("alice")
            api.send(api.create_room(), "lisible par le serveur")

            self.assertGreater(bed.servers[0].db_search(["lisible par le"])["lisible par le"], 0)


if __name__ == "__main__":
    watchdog.arm(int(os.environ.get("PARVIS_TEST_SECONDS", "900")))
    unittest.main(verbosity=2)
