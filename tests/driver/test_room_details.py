#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""Rooms from within, their successors, their spaces and the directory, on a real homeserver.

Two federating servers; the other people's side is the plain client-server API.
"""
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
from matrix_api import quote

HOUR = 3_600_000
RULES = "im.vector.room.access_rules"


class RoomDetails(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.bed = TestBed(federation=True).start()
        cls.addClassCleanup(cls.bed.close)
        cls.near, cls.far = cls.bed.servers
        cls.driver = Driver("claire").log_in(cls.near)
        cls.addClassCleanup(cls.driver.close)
        cls.paul = cls.near.register("paul")
        cls.nadia = cls.far.register("nadia")

    def refused(self, command, **arguments):
        with self.assertRaises(CommandError, msg=f"{command} {arguments}") as raised:
            self.driver.call(command, **arguments)
        return raised.exception.error

    def info(self, room):
        self.driver.wait_idle()
        return self.driver.call("room_info", room=room)

    def make(self, **arguments):
        return self.driver.call("create_room", **arguments)["room_id"]

    def until(self, holds, what):
        deadline = time.monotonic() + 20
        while not holds() and time.monotonic() < deadline:
            time.sleep(0.1)
        self.assertTrue(holds(), what)

    def state(self, who, room, kind, key=""):
        return who.call("GET", f"/rooms/{quote(room)}/state/{quote(kind)}/{quote(key)}")

    def put(self, who, room, kind, content, key=""):
        return who.call("PUT", f"/rooms/{quote(room)}/state/{quote(kind)}/{quote(key)}", content)

    def row(self, room, **arguments):
        return next((one for one in self.driver.call("rooms", **arguments) if one["room_id"] == room), None)

    def space(self, who, *children, **creation):
        """A space of somebody's, with children that are rooms, or (room, content)."""
        space = who.call("POST", "/createRoom", {"preset": "public_chat", "creation_content": {"type": "m.space"},
                                                 **creation})["room_id"]
        for child in children:
            room, more = child if isinstance(child, tuple) else (child, {})
            self.put(who, space, "m.space.child", {"via": [who.user_id.split(":", 1)[1]], **more}, room)
        return space

    # room_info, set_room, set_power

    def test_what_is_known_of_a_room(self):
        room = self.make(name="Budget", topic="Chiffres", kind="private", invite=[self.paul.user_id])
        self.paul.join(room)
        info = self.info(room)
        self.assertEqual((info["name"], info["topic"], info["kind"], info["membership"]),
                         ("Budget", "Chiffres", "private", "join"))
        self.assertEqual((info["encryption"], info["join_rule"], info["retention"], info["pinned"]),
                         ("m.megolm.v1.aes-sha2", "invite", None, []))
        self.assertEqual(info["version"], self.state(self.paul, room, "m.room.create")["room_version"])
        self.assertEqual(info["rules"], {"rule": "restricted", "stated": False, "force_unencrypted": False})
        self.assertTrue(all(info["permissions"][one] for one in ("topic", "ban", "power_levels", "upgrade")))
        self.assertNotIn("upgrade", info)
        self.assertEqual(self.refused("room_info", room="!nulle:part")["code"], "PARVIS_NO_SUCH_ROOM")

    def test_a_room_is_changed(self):
        room = self.make(name="Avant", kind="unencrypted", invite=[self.paul.user_id])
        self.paul.join(room)
        pinned = self.paul.send(room, "à retenir")
        self.driver.call("wait_message", room=room, body="à retenir")
        self.driver.call("set_room", room=room, name="Après", topic="Sujet", avatar="mxc://ici/Image1",
                         history="joined", join_rule="knock", retention=90 * 24 * HOUR)
        self.assertEqual(self.state(self.paul, room, "m.room.name"), {"name": "Après"})
        self.assertEqual(self.state(self.paul, room, "m.room.topic")["topic"], "Sujet")
        self.assertEqual(self.state(self.paul, room, "m.room.avatar")["url"], "mxc://ici/Image1")
        self.assertEqual(self.state(self.paul, room, "m.room.join_rules"), {"join_rule": "knock"})
        self.assertEqual(self.state(self.paul, room, "m.room.retention"), {"max_lifetime": 90 * 24 * HOUR})
        self.driver.call("raw", method="PUT", path=f"/_matrix/client/v3/rooms/{room}/state/m.room.pinned_events/",
                         body={"pinned": [pinned]})
        self.driver.call("raw", method="PUT", path=f"/_matrix/client/v3/rooms/{room}/state/{RULES}/",
                         body={"rule": "unrestricted", "force_unencrypted_at_creation": True})
        info = self.info(room)
        self.assertEqual((info["name"], info["topic"], info["avatar"], info["history"], info["join_rule"]),
                         ("Après", "Sujet", "mxc://ici/Image1", "joined", "knock"))
        self.assertEqual((info["retention"], info["pinned"], info["kind"]),
                         (90 * 24 * HOUR, [pinned], "unencrypted"))
        self.assertEqual(info["rules"], {"rule": "unrestricted", "stated": True, "force_unencrypted": True})
        self.assertTrue(self.row(room)["external"])
        self.driver.call("set_room", room=room, avatar="", topic="", retention=0)
        info = self.info(room)
        self.assertEqual((info["avatar"], info["topic"], info["retention"]), ("", "", None))

    def test_kinds_by_access_rules(self):
        for encrypted, rule, visibility, forced, kind in (
                (True, "restricted", "private", False, "private"), (True, "unrestricted", "private", False, "external"),
                (True, "direct", "private", False, "direct"), (True, None, None, None, "private"),
                (False, "restricted", "private", True, "unencrypted"), (False, "restricted", "public", True, "public"),
                (False, "restricted", "private", False, "public"), (False, "restricted", "public", False, "public")):
            given = {"encrypted": encrypted, "rule": rule, "visibility": visibility, "force_unencrypted": forced}
            self.assertEqual(self.driver.call("eval", what="room_kind", input=given), {"kind": kind}, given)

    def test_a_change_with_something_wrong_in_it_changes_nothing(self):
        room = self.make(name="Avant", kind="private")
        for wrong in ({"history": "parfois"}, {"join_rule": "private"}, {"join_rule": "restricted"},
                      {"avatar": "https://ici/x.png"}, {"retention": 90}, {"retention": 1.5},
                      {"topic": "x" * 40_000}):
            with self.subTest(**{key: str(value)[:20] for key, value in wrong.items()}):
                error = self.refused("set_room", room=room, name="Après", **wrong)
                self.assertEqual((error["kind"], error["code"]), ("usage", "PARVIS_BAD_ROOM_VALUE"))
                self.assertIn(next(iter(wrong)), error["detail"])
        for wrong in ({"name": 5}, {"retention": "90"}, {"open_to_externals": True}, {}):
            self.assertEqual(self.refused("set_room", room=room, **wrong)["code"], "PARVIS_DRIVER_BAD_ARGUMENTS")
        self.assertEqual(self.info(room)["name"], "Avant")

    def test_power_is_given_and_asked_for(self):
        room = self.make(name="Pouvoirs", kind="private", invite=[self.paul.user_id])
        self.paul.join(room)
        self.driver.call("set_power", room=room, user=self.paul.user_id, power=50)
        self.assertEqual(self.state(self.paul, room, "m.room.power_levels")["users"][self.paul.user_id], 50)
        self.assertEqual(self.info(room)["power_levels"]["users"][self.paul.user_id], 50)
        self.assertEqual(self.refused("set_power", room=room, user="paul", power=50)["code"], "PARVIS_BAD_USER_ID")
        self.assertEqual(self.refused("set_power", room=room, user=self.paul.user_id, power=0.5)["kind"], "usage")
        self.driver.call("set_power", room=room, user=self.paul.user_id, power=0)
        self.assertNotIn(self.paul.user_id, self.state(self.paul, room, "m.room.power_levels")["users"])

        theirs = self.paul.call("POST", "/createRoom", {"preset": "public_chat", "name": "À Paul"})["room_id"]
        self.driver.call("join", room=theirs)
        info = self.info(theirs)
        self.assertFalse(any(info["permissions"][one] for one in ("topic", "ban", "power_levels", "upgrade")))
        for command, more in (("set_room", {"topic": "x"}), ("upgrade_room", {}),
                              ("set_power", {"user": self.driver.user_id, "power": 100})):
            error = self.refused(command, room=theirs, **more)
            self.assertEqual((error["kind"], error["code"]), ("forbidden", "PARVIS_RIGHTS_NOT_ENOUGH"))
        self.paul.call("PUT", f"/rooms/{quote(theirs)}/state/m.room.power_levels/",
                       {**self.state(self.paul, theirs, "m.room.power_levels"), "events": {"m.room.topic": 0}})
        self.assertTrue(self.info(theirs)["permissions"]["topic"])
        self.driver.call("set_room", room=theirs, topic="permis")

    def test_who_made_a_room_of_version_12_is_above_its_levels(self):
        made = self.driver.call("raw", method="POST", path="/_matrix/client/v3/createRoom", body={
            "room_version": "12", "preset": "private_chat", "invite": [self.paul.user_id]})["body"]["room_id"]
        self.paul.join(made)
        info = self.info(made)
        self.assertEqual((info["version"], info["power_levels"]["creators"]), ("12", [self.driver.user_id]))
        self.assertTrue(info["permissions"]["upgrade"])
        self.driver.call("set_power", room=made, user=self.paul.user_id, power=100)
        self.assertEqual(self.info(made)["power_levels"]["users"], {self.paul.user_id: 100})
        self.driver.call("set_power", room=made, user=self.paul.user_id, power=50)  # who is above may take it back
        error = self.refused("set_power", room=made, user=self.driver.user_id, power=50)
        self.assertEqual(error["code"], "PARVIS_RIGHTS_NOT_ENOUGH")

    # spaces

    def test_spaces_with_what_is_in_them(self):
        rooms = [self.make(name=name, kind="unencrypted") for name in ("Un", "Deux", "Trois")]
        hidden = self.paul.call("POST", "/createRoom", {"preset": "private_chat", "name": "Caché"})["room_id"]
        open_room = self.paul.call("POST", "/createRoom", {"preset": "public_chat", "name": "Ouvert",
                                                           "topic": "à tous"})["room_id"]
        inner = self.space(self.paul, rooms[2], name="Dedans")
        outer = self.space(self.paul, (rooms[1], {"order": "a"}), rooms[0], (open_room, {"suggested": True}),
                           hidden, inner, name="Dehors")
        self.put(self.paul, inner, "m.space.child", {"via": [self.near.name]}, outer)
        self.put(self.paul, outer, "m.space.child", {"via": [self.near.name]}, rooms[2])
        for space in (outer, inner):
            self.driver.call("join", room=space)
        self.driver.wait_idle()

        cards = {card["room_id"]: card for card in self.driver.call("spaces")}
        self.assertEqual(cards[outer]["children"], [rooms[1], rooms[0], inner, rooms[2]])
        self.assertEqual((cards[outer]["name"], cards[outer]["rooms"]), ("Dehors", 3))
        self.assertEqual(cards[inner]["parents"], [outer])
        self.assertEqual(sum(cards[one]["top_level"] for one in (outer, inner)), 1)
        self.assertEqual({one["room_id"] for one in self.driver.call("rooms", space=inner)}, set(rooms))
        self.assertEqual({one["room_id"] for one in self.driver.call("rooms", space=outer, search="deu")},
                         {rooms[1]})
        self.assertEqual({one["room_id"] for one in self.driver.call("rooms", filter="spaces")} & {outer, inner},
                         {outer, inner})

        answer = self.driver.call("space_children", room=outer)
        self.assertEqual([child["room_id"] for child in answer["children"]],
                         [rooms[1], rooms[0], open_room, inner, rooms[2]])
        found = next(child for child in answer["children"] if child["room_id"] == open_room)
        self.assertEqual((found["name"], found["topic"], found["membership"], found["suggested"], found["members"]),
                         ("Ouvert", "à tous", None, True, 1))
        self.assertEqual(answer["children"][0]["order"], "a")
        self.assertTrue(answer["asked"] and not answer["more"])
        suggested = self.driver.call("space_children", room=outer, suggested=True)["children"]
        self.assertEqual([child["room_id"] for child in suggested], [open_room])
        self.assertTrue(self.driver.call("space_children", room=outer, limit=2)["more"])
        self.assertEqual(self.refused("space_children", room=rooms[0])["code"], "PARVIS_NOT_A_SPACE")
        self.assertEqual(self.refused("space_children", room=outer, limit=0)["code"], "PARVIS_BAD_ROOM_VALUE")

        self.put(self.paul, outer, "m.space.child", {}, rooms[1])
        self.until(lambda: rooms[1] not in [one["room_id"] for one in self.driver.call("rooms", space=outer)],
                   "the room is no longer in the space")

    def test_a_space_that_one_is_not_in(self):
        room = self.paul.call("POST", "/createRoom", {"preset": "public_chat", "name": "Visible"})["room_id"]
        space = self.space(self.paul, room, name="Ailleurs")
        self.driver.wait_idle()
        answer = self.driver.call("space_children", room=space)
        self.assertEqual([(child["room_id"], child["name"]) for child in answer["children"]], [(room, "Visible")])
        self.assertEqual(self.driver.call("join", room=room, via=answer["children"][0]["via"])["room_id"], room)
        private = self.space(self.paul, room, preset="private_chat")
        self.assertEqual(self.refused("space_children", room=private)["kind"], "forbidden")

    def test_rooms_are_made_in_a_space(self):
        space = self.make(name="Service", kind="space")
        self.driver.wait_idle()
        self.assertEqual(self.info(space)["kind"], "space")
        self.assertEqual(self.info(space)["power_levels"]["events_default"], 100)
        private = self.make(name="Secret", kind="private", parent=space)
        public = self.make(name="Partage", kind="public", parent=space)
        below = self.make(name="Bureau", kind="space", parent=space)
        self.driver.wait_idle()
        info = self.info(private)
        self.assertEqual((info["join_rule"], info["encryption"]), ("invite", "m.megolm.v1.aes-sha2"))
        self.assertEqual((self.info(public)["join_rule"], self.info(public)["join_allow"]), ("restricted", [space]))
        card = next(card for card in self.driver.call("spaces") if card["room_id"] == space)
        self.assertEqual(set(card["children"]), {private, public, below})
        self.driver.call("invite", room=space, user=self.paul.user_id)
        self.paul.join(space)
        self.paul.join(public)
        before = len(self.driver.call("rooms"))
        for parent, code in ((private, "PARVIS_NOT_A_SPACE"), ("!nulle:part", "PARVIS_NO_SUCH_ROOM"),
                             (self.joined_space(), "PARVIS_RIGHTS_NOT_ENOUGH")):
            self.assertEqual(self.refused("create_room", name="x", parent=parent)["code"], code)
        self.driver.wait_idle()
        self.assertEqual(len(self.driver.call("rooms")), before)

    def joined_space(self):
        space = self.space(self.paul, name="À Paul")
        self.driver.call("join", room=space)
        self.driver.wait_idle()
        return space

    def test_spaces_and_successors_survive_a_power_cut(self):
        space = self.make(name="Durable", kind="space")
        self.driver.wait_idle()
        room = self.make(name="Premier", kind="unencrypted", parent=space)
        self.driver.wait_idle()
        made = self.driver.call("upgrade_room", room=room)["room_id"]
        self.until(lambda: (self.row(room) or {}).get("replaced"), "the old room is known as replaced")
        self.until(lambda: self.row(made, space=space) and not self.row(room, space=space), "the space follows")
        self.driver.kill()
        self.driver.launch()
        self.driver.call("restore")  # nothing is synchronised: all of this is from the disk
        self.assertEqual((self.row(room)["replaced"], self.row(room)["replaced_by"]), (True, made))
        self.assertEqual([one["room_id"] for one in self.driver.call("rooms", space=space)], [made])
        self.assertEqual(self.driver.call("room_info", room=made)["predecessor"]["room_id"], room)
        card = next(card for card in self.driver.call("spaces") if card["room_id"] == space)
        self.assertEqual((card["children"], card["top_level"]), ([made], True))
        self.driver.call("start")

    # directory

    def test_the_directory_of_this_server_and_of_another(self):
        names = {self.make(name=f"Liste {number}", kind="public"): f"Liste {number}" for number in range(3)}
        self.until(lambda: self.driver.call("directory", search="Liste")["rooms"], "the list")
        found, after = {}, None
        for _ in range(5):
            page = self.driver.call("directory", search="liste", limit=2, **({"after": after} if after else {}))
            self.assertLessEqual(len(page["rooms"]), 2)
            found.update((room["room_id"], room["name"]) for room in page["rooms"])
            after = page.get("next")
            if not after:
                break
        self.assertEqual(found, names)
        self.assertEqual({room["membership"] for room in self.driver.call("directory", search="Liste")["rooms"]},
                         {"join"})
        theirs = self.nadia.call("POST", "/createRoom", {
            "preset": "public_chat", "visibility": "public", "name": "Là-bas"})["room_id"]
        rooms = self.driver.call("directory", server=self.far.name)["rooms"]
        self.assertEqual([(room["room_id"], room["membership"]) for room in rooms], [(theirs, None)])
        self.assertEqual(self.refused("directory", server="../x")["code"], "PARVIS_BAD_SERVER_NAME")
        self.assertEqual(self.refused("directory", limit=10_000)["code"], "PARVIS_BAD_ROOM_VALUE")

    # upgrades

    def test_a_room_gets_a_successor(self):
        room = self.make(name="Ancien", kind="private", invite=[self.paul.user_id])
        self.paul.join(room)
        space = self.make(name="Étage", kind="space")
        self.driver.wait_idle()
        self.put_own(space, "m.space.child", room, {"via": [self.near.name], "order": "m"})
        self.driver.wait_idle()
        self.assertEqual(self.refused("upgrade_room", room=room, version="de demain")["code"],
                         "PARVIS_BAD_ROOM_VALUE")
        made = self.driver.call("upgrade_room", room=room, version="11")["room_id"]
        self.assertEqual(self.state(self.paul, room, "m.room.tombstone")["replacement_room"], made)

        self.until(lambda: (self.row(room) or {}).get("replaced"), "the old room is known as replaced")
        self.assertEqual(self.row(room)["replaced_by"], made)
        self.assertEqual(self.driver.call("rooms")[-1]["room_id"], room)
        old, new = self.info(room), self.info(made)
        self.assertEqual((old["upgrade"]["room_id"], old["upgrade"]["confirmed"]), (made, True))
        self.assertFalse(old["permissions"]["send"])
        self.assertEqual((new["predecessor"]["room_id"], new["predecessor"]["confirmed"]), (room, True))
        self.assertEqual((new["version"], new["name"], new["encryption"]), ("11", "Ancien", "m.megolm.v1.aes-sha2"))
        self.assertEqual(self.refused("upgrade_room", room=room)["code"], "PARVIS_ROOM_REPLACED")
        member = f"/_matrix/client/v3/rooms/{quote(made)}/state/m.room.member/{quote(self.paul.user_id)}"
        self.until(lambda: self.driver.call("raw", method="GET", path=member)["body"].get("membership") == "invite",
                   "Paul is invited")
        self.until(lambda: made in next(card for card in self.driver.call("spaces")
                                        if card["room_id"] == space)["children"], "the space names the new room")
        self.until(lambda: room not in next(card for card in self.driver.call("spaces")
                                            if card["room_id"] == space)["children"], "and not the old one")

    def put_own(self, room, kind, key, content):
        answer = self.driver.call("raw", method="PUT", body=content,
                                  path=f"/_matrix/client/v3/rooms/{quote(room)}/state/{kind}/{quote(key)}")
        self.assertEqual(answer["status"], 200)

    def test_who_claims_alone_to_replace_a_room_does_not(self):
        room = self.make(name="Victime", kind="unencrypted", invite=[self.paul.user_id])
        self.paul.join(room)
        evil = self.paul.call("POST", "/createRoom", {
            "preset": "public_chat", "name": "Victime", "room_version": "11",
            "creation_content": {"predecessor": {"room_id": room, "event_id": "$x"}}})["room_id"]
        self.driver.call("join", room=evil)
        info = self.info(room)
        self.assertEqual((self.row(room)["replaced"], self.row(room)["replaced_by"]), (False, None))
        self.assertNotIn("upgrade", info)
        self.assertEqual(self.info(evil)["predecessor"]["confirmed"], False)
        self.put_own(room, "m.room.tombstone", "", {"body": "parti", "replacement_room": "!ailleurs:part"})
        self.assertEqual(self.info(room)["upgrade"]["confirmed"], False)
        self.assertFalse(self.row(room)["replaced"])

    # filters

    def test_filters_of_the_list(self):
        loved, quiet = (self.make(name=name, kind="unencrypted", invite=[self.paul.user_id])
                        for name in ("Élève", "Discret"))
        self.driver.wait_idle()
        self.driver.call("tag", room=loved, tag="favourite")
        self.driver.call("tag", room=quiet, tag="low_priority")
        self.paul.join(quiet)
        asked = self.paul.call("POST", "/createRoom", {"preset": "private_chat", "name": "Invitation",
                                                       "invite": [self.driver.user_id]})["room_id"]
        knocked = self.paul.call("POST", "/createRoom", {
            "preset": "private_chat", "room_version": "10", "name": "Porte",
            "initial_state": [{"type": "m.room.join_rules", "content": {"join_rule": "knock"}}]})["room_id"]
        self.driver.call("knock", room=knocked)
        self.paul.call("PUT", f"/rooms/{quote(quiet)}/send/m.room.message/mention1", {
            "msgtype": "m.text", "body": "Claire ?", "m.mentions": {"user_ids": [self.driver.user_id]}})
        for word, room in (("favourites", loved), ("low_priority", quiet), ("mentions", quiet),
                           ("invitations", asked), ("knocks", knocked)):
            with self.subTest(filter=word):
                self.until(lambda: self.row(room, filter=word), f"{word} has it")
                shown = {one["room_id"] for one in self.driver.call("rooms", filter=word)}
                self.assertEqual(shown & {loved, quiet, asked, knocked}, {room})
        self.assertEqual([one["room_id"] for one in self.driver.call("rooms", search="eleve")], [loved])


if __name__ == "__main__":
    watchdog.arm(int(os.environ.get("PARVIS_TEST_SECONDS", "230")))
    unittest.main(verbosity=2)
