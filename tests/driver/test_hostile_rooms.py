#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""Rooms, spaces and lists of rooms of a server that says what it likes: bounded, and nothing stops."""
import os
import sys
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "homeserver"))

import watchdog
from driver import Driver
from hostile_server import HostileServer, PASSWORD
from json_lines import CommandError

NO_PROXY = {name: "" for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY")}
HERE_IS = {"via": ["hostile.example"]}


class HostileRooms(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = HostileServer().start()
        cls.addClassCleanup(cls.server.close)
        cls.driver = Driver("claire", vault="memory", environment=NO_PROXY).launch()
        cls.addClassCleanup(cls.driver.close)
        cls.driver.call("login", server=cls.server.base_url, user="claire", password=PASSWORD)
        cls.driver.call("start")
        cls.number = 0

    def tearDown(self):
        self.server.heal()

    def event(self, kind, content, key=""):
        HostileRooms.number += 1
        return {"type": kind, "state_key": key, "sender": self.server.user_id, "content": content,
                "event_id": f"${self.number}", "origin_server_ts": 1}

    def room(self, name, *state, **create):
        """A room that the person is in; answers its id once the driver has it."""
        room = f"!{name}:hostile.example"
        self.server.sync(self.server.room(room, state=[
            self.event("m.room.create", {"room_version": "10", **create}), self.event("m.room.name", {"name": name}),
            *state]))
        # Asking for one room waits for idleness, which gives up a question; the news may be on their way to it.
        deadline = time.monotonic() + 60
        while room not in self.all() and time.monotonic() < deadline:
            time.sleep(0.05)
        self.assertIn(room, self.all())
        return room

    def all(self):
        return [room["room_id"] for word in ("all", "spaces") for room in self.driver.call("rooms", filter=word)]

    def space(self, name, children):
        return self.room(name, *(self.event("m.space.child", content, f"!{child}:hostile.example")
                                 for child, content in children), type="m.space")

    def refused(self, command, **arguments):
        with self.assertRaises(CommandError, msg=f"{command} {arguments}") as raised:
            self.driver.call(command, **arguments)
        return raised.exception.error

    def test_circles_of_spaces(self):
        ring = [self.space(f"ring{number}", [(f"ring{(number + 1) % 5}", HERE_IS), (f"ring{number}", HERE_IS),
                                             (f"broken{number}", {"via": 5}), ("", HERE_IS)])
                for number in range(5)]
        spaces = {space["room_id"]: space for space in self.driver.call("spaces")}
        self.assertEqual([spaces[space]["children"] for space in ring], [[one] for one in ring[1:] + ring[:1]])
        self.assertEqual([space for space in ring if spaces[space]["top_level"]], ring[:1])
        self.assertEqual(self.driver.call("rooms", space=ring[2]), [])

    def test_a_hundred_thousand_children(self):
        known = self.room("known")
        space = self.space("many", [("known", HERE_IS), *((f"child{number}", HERE_IS) for number in range(100_000))])
        began = time.monotonic()
        card = next(card for card in self.driver.call("spaces") if card["room_id"] == space)
        self.assertEqual((card["children"], card["rooms"]), ([known], 1))
        # The server knows nothing of it: what is known here is the answer.
        answer = self.driver.call("space_children", room=space)
        self.assertEqual([child["room_id"] for child in answer["children"]], [known])
        self.assertFalse(answer["asked"])
        self.assertEqual([room["room_id"] for room in self.driver.call("rooms", space=space)], [known])
        self.assertLess(time.monotonic() - began, 10)

    def test_pages_without_end_and_of_wrong_types(self):
        space = self.space("pages", [("a", HERE_IS), ("b", HERE_IS)])
        path = ("GET", f"/rooms/{space.replace('!', '%21').replace(':', '%3A')}/hierarchy")
        self.server.answer(*path, {"rooms": [None, 5, {"room_id": 7}, {"room_id": "!a:hostile.example", "name": {},
                                                                       "num_joined_members": "9"}],
                                   "next_batch": "again"})
        answer = self.driver.call("space_children", room=space)
        self.assertEqual([child["room_id"] for child in answer["children"]], ["!a:hostile.example"])
        self.assertNotIn("members", answer["children"][0])
        for wrong in ({"rooms": {}}, {"rooms": [], "next_batch": 5}, [], b"<html>"):
            self.server.answer(*path, wrong)
            self.assertFalse(self.driver.call("space_children", room=space)["asked"])
        self.server.answer("POST", "/publicRooms", {"chunk": "all", "next_batch": "x"})
        self.assertEqual(self.refused("directory")["kind"], "protocol")
        self.server.answer("POST", "/publicRooms", {"chunk": [{"room_id": f"!{number}:x"} for number in range(30_000)],
                                                    "total_room_count_estimate": -1})
        answer = self.driver.call("directory", limit=10)
        self.assertEqual((len(answer["rooms"]), answer["more"]), (1000, False))
        self.assertNotIn("total", answer)

    def test_levels_and_facts_of_wrong_types(self):
        me = self.server.user_id
        room = self.room("levels", self.event("m.room.power_levels", {
            "users": {me: "100", "@a:b": [1], "@c:d": 1e308}, "ban": None, "kick": "50", "state_default": {},
            "events": "none", "notifications": []}), self.event("m.room.retention", {"max_lifetime": "long"}),
            self.event("m.room.pinned_events", {"pinned": {"a": 1}}), self.event("m.room.join_rules", {"join_rule": 5}),
            self.event("im.vector.room.access_rules", {"rule": ["unrestricted"], "visibility": 1}),
            self.event("m.room.tombstone", {"replacement_room": room_of("levels")}))
        info = self.driver.call("room_info", room=room)
        levels = info["power_levels"]
        self.assertEqual((levels["users"][me], levels["kick"], levels["ban"], levels["state_default"]),
                         (100, 50, 50, 50))
        self.assertNotIn("@a:b", levels["users"])
        self.assertTrue(info["permissions"]["power_levels"])
        self.assertEqual((info["retention"], info["pinned"], info["join_rule"], info["rules"]["rule"]),
                         (None, [], "invite", "restricted"))
        self.assertNotIn("upgrade", info)

    def test_a_server_that_takes_a_part_of_a_change(self):
        room = self.room("part", self.event("m.room.power_levels", {"users": {self.server.user_id: 100}}))
        self.server.answer("PUT", "/state/m.room.name/", {"event_id": "$taken"})
        self.server.answer("PUT", "/state/m.room.topic/", {"errcode": "M_FORBIDDEN", "error": "no"}, status=403)
        error = self.refused("set_room", room=room, name="neuf", topic="neuf")
        self.assertEqual((error["kind"], error["code"]), ("forbidden", "M_FORBIDDEN"))
        self.assertTrue(error["detail"].startswith("topic: "), error)
        self.server.answer("PUT", "/state/m.room.name/", {"event_id": 5})
        self.assertEqual(self.refused("set_room", room=room, name="neuf")["kind"], "protocol")
        self.assertEqual(self.driver.call("room_info", room=room)["name"], "part")


def room_of(name):
    return f"!{name}:hostile.example"


if __name__ == "__main__":
    watchdog.arm(int(os.environ.get("PARVIS_TEST_SECONDS", "170")))
    unittest.main(verbosity=2)
