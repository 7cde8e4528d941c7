#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the driver's commands on rooms ask of a real homeserver arrives there as it was given.

Two federating servers; the other person's side is the plain client-server API.
"""
import json
import os
import sys
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "homeserver"))

import watchdog
from driver import Driver
from homeserver import TestBed
from json_lines import CommandError


class Rooms(unittest.TestCase):
    questions = 0

    @classmethod
    def setUpClass(cls):
        cls.bed = TestBed(federation=True).start()
        cls.addClassCleanup(cls.bed.close)
        cls.near, cls.far = cls.bed.servers
        cls.driver = Driver("claire").log_in(cls.near)
        cls.addClassCleanup(cls.driver.close)
        cls.paul = cls.near.register("paul")
        cls.nadia = cls.far.register("nadia")

    def state(self, room, kind, key=""):
        return self.driver.call("raw", method="GET",
                                path=f"/_matrix/client/v3/rooms/{room}/state/{kind}/{key}")["body"]

    def refused(self, command, **arguments):
        with self.assertRaises(CommandError) as raised:
            self.driver.call(command, **arguments)
        return raised.exception.error

    def test_alias_given_whole_or_by_its_name_leads_to_the_room(self):
        for alias in (f"#marches:{self.near.name}", "budget"):
            room = self.driver.call("create_room", name="Salle", kind="public", alias=alias)["room_id"]
            whole = alias if alias.startswith("#") else f"#{alias}:{self.near.name}"
            self.assertEqual(self.paul.call("POST", f"/join/{whole.replace('#', '%23')}", {})["room_id"], room)
            self.assertEqual(self.state(room, "m.room.canonical_alias")["alias"], whole)

    def test_alias_of_another_server_is_refused_before_a_room_is_made(self):
        before = len(self.driver.call("rooms"))
        for alias in (f"#marches:{self.far.name}", "marches:ici", "#", "#:"):
            with self.subTest(alias=alias):
                error = self.refused("create_room", name="Salle", kind="public", alias=alias)
                self.assertEqual(error["code"], "PARVIS_BAD_ROOM_ADDRESS")
        self.driver.wait_idle()
        self.assertEqual(len(self.driver.call("rooms")), before)

    def test_room_that_does_not_federate(self):
        room = self.driver.call("create_room", name="Entre nous", federate=False)["room_id"]
        self.assertIs(self.state(room, "m.room.create")["m.federate"], False)
        self.assertIs(self.state(self.driver.call("create_room", name="Ouverte")["room_id"],
                                 "m.room.create").get("m.federate", True), True)
        self.assertEqual(self.refused("invite", room=room, user=self.nadia.user_id)["kind"], "forbidden")

    def room_row(self, room):
        return next((row for row in self.driver.call("rooms") if row["room_id"] == room), None)

    def until(self, holds, what):
        deadline = time.monotonic() + 20
        while not holds() and time.monotonic() < deadline:
            time.sleep(0.1)
        self.assertTrue(holds(), what)

    def membership(self, room):
        return self.state(room, "m.room.member", self.paul.user_id).get("membership")

    def test_somebody_is_removed_banned_and_let_in_again(self):
        room = self.driver.call("create_room", name="Ordre", kind="private", invite=[self.paul.user_id])["room_id"]
        self.paul.call("POST", f"/join/{room}", {})
        self.driver.call("kick", room=room, user=self.paul.user_id, reason="essai")
        self.assertEqual(self.membership(room), "leave")
        self.driver.call("ban", room=room, user=self.paul.user_id)
        self.assertEqual(self.membership(room), "ban")
        self.driver.call("unban", room=room, user=self.paul.user_id)
        self.assertEqual(self.membership(room), "leave")
        self.assertEqual(self.refused("kick", room=room, user="paul")["code"], "PARVIS_BAD_USER_ID")
        theirs = self.paul.call("POST", "/createRoom", {"preset": "public_chat"})["room_id"]
        self.driver.call("join", room=theirs)
        self.driver.wait_idle()
        self.assertEqual(self.refused("ban", room=theirs, user=self.paul.user_id)["kind"], "forbidden")

    def test_a_knock_is_answered_with_an_invitation(self):
        theirs = self.paul.call("POST", "/createRoom", {
            "preset": "private_chat", "room_version": "10",
            "initial_state": [{"type": "m.room.join_rules", "content": {"join_rule": "knock"}}]})["room_id"]
        self.assertEqual(self.driver.call("knock", room=theirs, reason="puis-je ?")["room_id"], theirs)
        self.paul.call("POST", f"/rooms/{theirs}/invite", {"user_id": self.driver.user_id})
        self.until(lambda: (self.room_row(theirs) or {}).get("membership") == "invite", "the invitation")
        self.assertEqual(self.refused("knock", room="salle")["code"], "PARVIS_BAD_ROOM_ADDRESS")

    def test_a_room_is_filed_and_marked(self):
        room = self.driver.call("create_room", name="Classement", kind="private")["room_id"]
        self.driver.wait_idle()

        def shows(**wanted):
            row = self.room_row(room)
            self.assertEqual({key: row[key] for key in wanted}, wanted)

        self.driver.call("tag", room=room, tag="favourite")
        shows(favourite=True, low_priority=False)
        self.driver.call("tag", room=room, tag="low_priority")
        shows(favourite=False, low_priority=True)
        self.driver.call("mark_unread", room=room)
        shows(marked_unread=True)
        self.driver.wait_idle()
        shows(favourite=False, low_priority=True, marked_unread=True)
        self.driver.call("tag", room=room, tag="low_priority", on=False)
        self.driver.call("mark_unread", room=room, on=False)
        shows(low_priority=False, marked_unread=False)
        self.assertEqual(self.refused("tag", room=room, tag="x")["kind"], "usage")

    def test_a_room_that_was_left_is_forgotten(self):
        room = self.driver.call("create_room", name="Passé", kind="private")["room_id"]
        self.assertEqual(self.refused("forget", room=room)["code"], "PARVIS_STILL_IN_ROOM")
        self.driver.call("leave", room=room)
        self.until(lambda: self.room_row(room) is None, "the room is left")
        self.driver.call("forget", room=room)
        answer = self.driver.call("raw", method="GET", path=f"/_matrix/client/v3/rooms/{room}/messages?dir=b")
        self.assertEqual(answer["status"], 403)

    def test_reason_of_an_invitation_is_told(self):
        room = self.driver.call("create_room", name="Réunion")["room_id"]
        self.driver.call("invite", room=room, user=self.paul.user_id, reason="pour le compte rendu")
        member = self.state(room, "m.room.member", self.paul.user_id)
        self.assertEqual((member["membership"], member["reason"]), ("invite", "pour le compte rendu"))

    def test_room_elsewhere_is_joined_through_the_server_that_was_named(self):
        room = self.nadia.create_room(preset="public_chat", name="Là-bas")
        if room.endswith(f":{self.far.name}"):  # room ids of version 12 name no server: only `via` leads there
            self.assertEqual(self.refused("join", room=f"!nulle:{self.near.name}")["kind"], "not_found")
        self.assertEqual(self.driver.call("join", room=room, via=[self.far.name])["room_id"], room)
        self.driver.wait_idle()
        self.assertIn(room, [one["room_id"] for one in self.driver.call("rooms")])

    def test_private_receipt_is_for_nobody_else(self):
        room = self.driver.call("create_room", name="Lecture", kind="unencrypted",
                                invite=[self.paul.user_id])["room_id"]
        self.paul.join(room)
        secret = self.paul.send(room, "lu en silence")
        self.driver.call("wait_message", room=room, body="lu en silence")
        self.driver.call("read", room=room, event=secret, private=True)
        self.assertEqual(self.receipts(self.driver_sync, room, "m.read.private", wait=True), {secret})
        self.assertEqual(self.receipts(self.paul_sync, room, "m.read"), set())
        self.assertEqual(self.receipts(self.paul_sync, room, "m.read.private"), set())

        public = self.paul.send(room, "lu devant tous")
        self.driver.call("wait_message", room=room, body="lu devant tous")
        self.driver.call("read", room=room, event=public)
        self.assertEqual(self.receipts(self.paul_sync, room, "m.read", wait=True), {public})

    def driver_sync(self):
        return self.driver.call("raw", method="GET", path="/_matrix/client/v3/sync", query=self.question())["body"]

    def paul_sync(self):
        return self.paul.call("GET", "/sync", query=self.question())

    def question(self):
        """Another one each time: Synapse keeps its answer to the first and gives it again."""
        self.questions += 1
        return {"timeout": "0", "filter": json.dumps({"room": {"timeline": {"limit": self.questions}}})}

    def receipts(self, sync, room, kind, wait=False):
        """The events that Claire has a receipt of this kind on, as that person's server says."""
        for _ in range(40 if wait else 1):
            events = sync()["rooms"]["join"][room]["ephemeral"]["events"]
            found = {event for receipts in events if receipts["type"] == "m.receipt"
                     for event, kinds in receipts["content"].items()
                     if self.driver.user_id in kinds.get(kind, {})}
            if found:
                return found
            time.sleep(0.25)
        return set()


if __name__ == "__main__":
    watchdog.arm(int(os.environ.get("PARVIS_TEST_SECONDS", "170")))
    unittest.main(verbosity=2)
