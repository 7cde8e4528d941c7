#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a command is given is done or refused, never passed over; what is not there is said not to be there.

The commands are those of docs/driver.md, which this keeps true.
"""
import os
import re
import sys
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "homeserver"))

import watchdog
from driver import Driver
from hostile_server import HostileServer, PASSWORD
from json_lines import CommandError

NO_PROXY = {name: "" for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY")}
ROOM = "!ici:hostile.example"
NOT_YET = (("set_room", "link_access", True), ("set_room", "open_to_externals", True), ("send", "expires", 1000))
ENOUGH = {"room": ROOM, "alias": "#a:b", "user": "@a:b", "event": "$e", "of": "$e", "body": "x", "txn_id": "t",
          "server": "x", "email": "a@b", "user_id": "@a:b", "device_id": "D", "access_token": "t", "password": "x",
          "path": "/x", "what": "mxc", "input": {}, "recovery_key": "x", "passphrase": "x", "to": "$e", "key": "x",
          "device": "D", "devices": ["D"], "name": "x", "on": True, "joined": 1, "text": "x", "tag": "favourite",
          "power": 50, "question": "x", "answers": ["1"], "latitude": 1, "longitude": 1}


def documented():
    """{command: the arguments that it needs}, of the table in docs/driver.md."""
    with open(f"{ROOT}/docs/driver.md", encoding="utf-8") as file:
        table = file.read().split("## Commands that exist")[1].split("\n\n")[1]
    commands = {}
    for row in table.splitlines()[2:]:
        names, arguments, _ = (cell.strip() for cell in row.strip("|").split("|"))
        groups, shares = names.split(";"), re.sub(r"\([^)]*\)", "", arguments).split(";")
        for group, share in zip(groups, shares, strict=True):
            for command in re.findall(r"`([a-z_]+)`", group):
                commands[command] = re.findall(r"`([a-z_]+)`", share)
    return commands


class Commands(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = HostileServer().start()
        cls.addClassCleanup(cls.server.close)
        cls.alone = Driver("alone", vault="memory", environment=NO_PROXY).launch()
        cls.addClassCleanup(cls.alone.close)
        cls.driver = Driver("claire", vault="memory", environment=NO_PROXY).launch()
        cls.addClassCleanup(cls.driver.close)
        cls.driver.call("login", server=cls.server.base_url, user="claire", password=PASSWORD)
        cls.server.sync(cls.server.room(ROOM, state=[
            {"type": "m.room.create", "state_key": "", "sender": cls.server.user_id, "event_id": "$c",
             "origin_server_ts": 1, "content": {"room_version": "10"}},
            {"type": "m.room.name", "state_key": "", "sender": cls.server.user_id, "event_id": "$n",
             "origin_server_ts": 1, "content": {"name": "Ici"}}]))
        cls.driver.call("start")
        # Waiting for idleness gives up a question; the news may be on their way to it.
        deadline = time.monotonic() + 20
        while not cls.driver.call("rooms") and time.monotonic() < deadline:
            time.sleep(0.05)
        cls.driver.wait_idle()

    def tearDown(self):
        self.server.heal()

    def refused(self, kind, code, command, driver=None, **arguments):
        with self.assertRaises(CommandError, msg=f"{command} {arguments}") as raised:
            (driver or self.driver).call(command, **arguments)
        error = raised.exception.error
        self.assertEqual((error["kind"], error["code"]), (kind, code), f"{command} {arguments} {error}")
        return error

    def test_documented_commands_exist_and_name_what_they_do_not_take(self):
        commands = documented()
        self.assertGreater(len(commands), 30)
        for command in commands:
            with self.subTest(command=command):
                error = self.refused("usage", "PARVIS_DRIVER_BAD_ARGUMENTS", command, nonsense="x")
                self.assertTrue(error["detail"].startswith("nonsense: "), error)

    def test_null_is_not_given(self):
        self.assertEqual(self.driver.call("accounts", nonsense=None)[0]["user_id"], self.server.user_id)

    def test_missing_arguments_are_named_and_nothing_is_sent(self):
        for command, needed in documented().items():
            alternatives = command in ("join", "knock", "discover", "recover", "delete_device", "scan")
            for missing in needed[:1] if alternatives else needed:
                with self.subTest(command=command, missing=missing):
                    given = {} if alternatives else {name: ENOUGH[name] for name in needed if name != missing}
                    if command == "eval" and missing == "input":
                        continue  # every function says itself what it needs
                    error = self.refused("usage", "PARVIS_DRIVER_BAD_ARGUMENTS", command, **given)
                    self.assertIn("missing", error["detail"])
                    self.assertIn(missing, error["detail"])

    def test_empty_ids_are_missing(self):
        for command in ("leave", "members", "timeline", "draft", "discard_session"):
            with self.subTest(command=command):
                self.refused("usage", "PARVIS_DRIVER_BAD_ARGUMENTS", command, room="")

    def test_what_does_not_exist_yet_is_refused(self):
        needed = documented()
        for command, name, value in NOT_YET:
            with self.subTest(command=command, argument=name):
                given = {one: ENOUGH[one] for one in needed[command]} | {name: value}
                error = self.refused("usage", "PARVIS_DRIVER_BAD_ARGUMENTS", command, **given)
                self.assertTrue(error["detail"].startswith(f"{name}: "), error)

    def test_filters_of_rooms(self):
        self.refused("usage", "PARVIS_DRIVER_BAD_ARGUMENTS", "rooms", filter="nonsense")
        self.assertEqual([room["room_id"] for room in self.driver.call("rooms", filter="rooms")], [ROOM])
        self.assertEqual(self.driver.call("rooms", filter="people"), [])

    def test_who_the_token_is(self):
        self.assertEqual(self.driver.call("whoami")["user_id"], self.server.user_id)
        path = ("GET", "/account/whoami")
        self.server.answer(*path, {"errcode": "M_UNKNOWN", "error": "x"}, status=500)
        self.refused("server", "M_UNKNOWN", "whoami")
        self.server.answer(*path, b"", status=403)
        self.refused("forbidden", "PARVIS_REFUSED", "whoami")
        self.server.answer(*path, {"device_id": "D"})
        self.refused("protocol", "PARVIS_BAD_ANSWER", "whoami")

    def test_rooms_that_are_not_there(self):
        for command, more in (("timeline", {}), ("paginate", {}), ("read", {"event": "$e"})):
            with self.subTest(command=command):
                self.refused("not_found", "PARVIS_NO_SUCH_ROOM", command, room="!nulle:part", **more)
        self.assertIsInstance(self.driver.call("timeline", room=ROOM), list)

    def event(self, event_id, **more):
        return {"type": "m.room.message", "event_id": event_id, "sender": self.server.user_id, "origin_server_ts": 1,
                "content": {"msgtype": "m.text", "body": event_id}, **more}

    def shown(self, limit=50):
        items = self.driver.call("timeline", room=ROOM, limit=limit)
        return [item["event_id"] for item in items if item["kind"] == "text"]

    def test_server_that_lies_about_a_place_in_the_past(self):
        before = self.shown()
        path, here = ("GET", "/context/%24ancien"), self.event("$ancien")
        for lie in (b"[]", b"{", {}, {"event": 5}, {"event": self.event("$autre"), "start": "s"},
                    {"event": self.event("$ancien", room_id="!ailleurs:x"), "start": "s"}, {"event": here},
                    {"event": here, "start": "s", "events_before": {}},
                    {"event": here, "start": "s", "events_after": [self.event(f"$n{n}") for n in range(2000)]}):
            with self.subTest(lie=str(lie)[:80]):
                self.server.answer(*path, lie)
                self.refused("protocol", "PARVIS_BAD_JSON" if lie == b"[]" else "PARVIS_BAD_EVENTS", "jump", room=ROOM,
                             event="$ancien")
                self.assertEqual(self.shown(), before)
        self.server.answer(*path, {"event": here, "start": "s", "end": "e", "events_before": [
            here, self.event("$b"), self.event("$b"), self.event("$x", room_id="!ailleurs:x"), 7, {"type": 5},
            self.event("$a")], "events_after": [self.event("$b"), self.event("$c"), here]})
        self.driver.call("jump", room=ROOM, event="$ancien")
        self.assertEqual(self.shown(limit=4), ["$a", "$b", "$ancien", "$c"])
        self.driver.call("jump", room=ROOM)
        self.assertEqual(self.shown(), before)

    def test_without_an_account(self):
        for command, more in (("timeline", {}), ("paginate", {}), ("read", {"event": "$e"}), ("leave", {})):
            with self.subTest(command=command):
                self.refused("auth", "PARVIS_NOT_SIGNED_IN", command, self.alone, room=ROOM, **more)


if __name__ == "__main__":
    watchdog.arm(int(os.environ.get("PARVIS_TEST_SECONDS", "110")))
    unittest.main(verbosity=2)
