#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""What cannot be done is refused with a reason and leaves nothing behind; whoever waits is told when it ends."""
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "homeserver"))

import watchdog
from driver import Driver, program
from hostile_server import HostileServer, PASSWORD
from json_lines import CommandError

NO_PROXY = {name: "" for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY")}
ROOM, NOWHERE = "!ici:hostile.example", "!nulle:part"
IN_A_ROOM = (("send", {"body": "x"}), ("send", {"body": "x", "wait": True}), ("edit", {"of": "$e", "body": "x"}),
             ("leave", {}), ("invite", {"user": "@a:b"}), ("members", {}), ("draft", {}), ("draft", {"body": "x"}),
             ("discard_session", {}), ("timeline", {}), ("paginate", {}), ("read", {"event": "$e"}),
             ("ask_again", {"event": "$e"}), ("readers", {}), ("block_unverified", {"on": True}),
             ("join_file", {"path": "/x"}), ("joined_files", {}), ("inspect_joined", {"joined": 1}),
             ("send_joined", {"joined": 1}), ("remove_joined", {"joined": 1}))
AT_ONCE = 5  # seconds that are no wait for something that does not come


def silent(_write):
    time.sleep(30)


class Refusals(unittest.TestCase):
    def setUp(self):
        self.server = HostileServer().start()
        self.addCleanup(self.server.close)
        self.driver = self.open("claire")

    def open(self, name):
        driver = Driver(name, vault="memory", environment=NO_PROXY).launch()
        self.addCleanup(driver.close)
        return driver

    def log_in(self, rooms=(ROOM,)):
        self.driver.call("login", server=self.server.base_url, user="claire", password=PASSWORD)
        self.driver.call("start")
        for room in rooms:
            self.bring(room)

    def bring(self, room):
        known = []
        while room not in known:  # wait_idle gives up a question to ask at once, and the answer with it
            self.server.sync(self.room(room))
            self.driver.wait_idle()
            known = [one["room_id"] for one in self.driver.call("rooms")]

    def room(self, room):
        sent = {"sender": self.server.user_id, "origin_server_ts": 1, "state_key": ""}
        return self.server.room(room, state=[
            {"type": "m.room.create", "event_id": f"$c{room}", "content": {"room_version": "10"}, **sent},
            {"type": "m.room.name", "event_id": f"$n{room}", "content": {"name": "Ici"}, **sent}])

    def refused(self, kind, code, begun, driver=None):
        with self.assertRaises(CommandError, msg=f"{begun}") as raised:
            (driver or self.driver).finish(begun)
        error = raised.exception.error
        self.assertEqual((error["kind"], error["code"]), (kind, code), f"{begun} {error}")

    def test_room_that_is_not_known_gets_nothing(self):
        self.log_in()
        begun = [self.driver.begin(command, room=NOWHERE, **more) for command, more in IN_A_ROOM]
        for one in begun:
            with self.subTest(command=one[1]):
                self.refused("not_found", "PARVIS_NO_SUCH_ROOM", one)
        self.assertEqual(self.driver.call("queue"), [])
        # not even a line or a draft that would make it look like a room from now on
        self.refused("not_found", "PARVIS_NO_SUCH_ROOM", self.driver.begin("timeline", room=NOWHERE))
        self.assertEqual([room["room_id"] for room in self.driver.call("rooms")], [ROOM])
        self.driver.call("stop")
        before = time.monotonic()
        self.refused("not_found", "PARVIS_NO_SUCH_ROOM", self.driver.begin("send", room=NOWHERE, body="x"))
        self.assertLess(time.monotonic() - before, 2)  # nothing comes any more: nothing is waited for

    def test_room_that_was_just_joined_is_waited_for_and_keeps_the_order(self):
        self.log_in()
        new = "!neuf:hostile.example"
        self.server.answer("POST", f"/join/{urllib.parse.quote(new, safe='')}", {"room_id": new})
        self.driver.call("join", room=new)
        for _ in range(2):  # the first may go to a question that was given up to ask at once
            self.server.sync(self.room(new))
        begun = [self.driver.begin("send", room=new, body=f"{number}") for number in range(8)]
        transactions = [self.driver.finish(one)["txn_id"] for one in begun]
        self.assertEqual([row["txn_id"] for row in self.driver.call("queue")], transactions)
        bodies = [item["body"] for item in self.driver.call("timeline", room=new) if item["body"].isdigit()]
        self.assertEqual(bodies, [str(number) for number in range(8)])

    def test_event_that_is_not_known_is_not_read(self):
        self.log_in()
        self.refused("not_found", "PARVIS_NO_SUCH_EVENT", self.driver.begin("read", room=ROOM, event="$rien"))

    def test_sync_says_that_it_begins(self):
        self.assertEqual(self.driver.call("status")["sync"], "stopped")
        self.driver.call("login", server=self.server.base_url, user="claire", password=PASSWORD)
        self.assertEqual(self.driver.call("status")["sync"], "stopped")
        self.server.answer("GET", "/versions", {"errcode": "M_UNKNOWN"}, status=500)
        self.driver.call("start")
        self.assertEqual(self.driver.call("status")["sync"], "connecting")
        self.server.heal()
        self.driver.wait_idle()
        self.assertEqual(self.driver.call("status")["sync"], "v2")
        self.driver.call("stop")
        self.assertEqual(self.driver.call("status")["sync"], "stopped")

    def test_without_an_account(self):
        for command, more in (*((command, {"room": ROOM, **more}) for command, more in IN_A_ROOM), ("rooms", {}),
                              ("queue", {}), ("unread", {}), ("wait_message", {}), ("wait_message", {"room": ROOM}),
                              ("crypto_status", {}), ("devices", {"user": "@a:b"}), ("retry", {"txn_id": "t"}),
                              ("rename_device", {"device": "D", "name": "n"}), ("delete_device", {"device": "D"}),
                              ("block_unverified", {"on": True}),
                              ("cancel", {"txn_id": "t"}), ("join", {"room": ROOM}), ("create_room", {}),
                              ("start", {}), ("stop", {}), ("wait_idle", {}), ("logout", {}), ("whoami", {})):
            with self.subTest(command=command):
                self.refused("auth", "PARVIS_NOT_SIGNED_IN", self.driver.begin(command, **more))
        self.assertEqual(self.driver.call("accounts"), [])
        self.assertEqual((self.driver.call("status")["sync"], self.driver.call("status")["rooms"]), ("stopped", 0))

    def test_no_wait_is_endless(self):
        self.log_in()
        for timeout in (0, -5, 1):
            with self.subTest(timeout=timeout):
                self.refused("timeout", "PARVIS_TIMEOUT",
                             self.driver.begin("wait_message", room=ROOM, timeout=timeout))

    def test_devices_of_somebody_whom_the_server_does_not_know(self):
        self.log_in()
        for _ in range(2):  # once asked, and once known to have none
            before = time.monotonic()
            self.assertEqual(self.driver.call("devices", user="@personne:hostile.example"), [])
            self.assertLess(time.monotonic() - before, AT_ONCE)

    def test_token_of_somebody_else_is_not_attached(self):
        theirs = {"user_id": self.server.user_id, "device_id": self.server.device_id}
        for wrong, code in (({"user_id": "@paul:hostile.example"}, "PARVIS_OTHER_ACCOUNT"),
                            ({"device_id": "AUTRE"}, "PARVIS_OTHER_DEVICE")):
            with self.subTest(wrong=wrong):
                self.refused("usage", code, self.driver.begin(
                    "attach", server=self.server.base_url, access_token=self.server.token, **{**theirs, **wrong}))
                self.assertEqual(self.driver.call("accounts"), [])
                self.assertEqual(os.listdir(f"{self.driver.profile}/accounts"), [])
        self.server.answer("GET", "/account/whoami", {"errcode": "M_UNKNOWN_TOKEN"}, status=401)
        attach = {"server": self.server.base_url, "access_token": self.server.token, **theirs}
        self.refused("auth", "M_UNKNOWN_TOKEN", self.driver.begin("attach", **attach))
        self.server.heal()
        self.assertEqual(self.driver.call("attach", **attach)["user_id"], self.server.user_id)


class End(unittest.TestCase):
    """The end of the input, whatever is still going on."""

    def setUp(self):
        self.server = HostileServer().start()
        self.addCleanup(self.server.close)
        folder = tempfile.TemporaryDirectory(prefix="parvis-end-")
        self.addCleanup(folder.cleanup)
        self.process = subprocess.Popen(
            [program(), "--profile", f"{folder.name}/profile", "--vault", "memory"], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, env={**os.environ, **NO_PROXY})

    def write(self, command, **arguments):
        line = json.dumps({"id": command, "cmd": command, "args": arguments})
        self.process.stdin.write(line.encode() + b"\n")
        self.process.stdin.flush()

    def ask(self, command, **arguments):
        self.write(command, **arguments)
        for line in self.process.stdout:
            message = json.loads(line)
            if message.get("id") == command:
                self.assertTrue(message["ok"], message)
                return
        self.fail("it ended")

    def end(self):
        """{id: the answer} after the end of the input; it comes soon, and well."""
        before = time.monotonic()
        self.process.stdin.close()
        lines = [json.loads(line) for line in self.process.stdout]
        self.assertEqual(self.process.wait(20), 0)
        self.assertLess(time.monotonic() - before, 5)
        self.process.stdout.close()
        return {line["id"]: line for line in lines if "event" not in line}

    def assertCancelled(self, answer):
        self.assertIs(answer["ok"], False)
        self.assertEqual((answer["error"]["kind"], answer["error"]["code"]), ("cancelled", "PARVIS_CANCELLED"))

    def test_who_waits_is_told(self):
        self.ask("login", server=self.server.base_url, user="claire", password=PASSWORD)
        self.ask("start")
        self.ask("wait_idle")
        self.server.answer("POST", "/createRoom", silent)
        self.write("wait_message", timeout=600_000)
        self.write("create_room")
        self.write("accounts")
        answers = self.end()
        self.assertEqual(set(answers), {"wait_message", "create_room", "accounts"})
        self.assertCancelled(answers["wait_message"])
        self.assertCancelled(answers["create_room"])
        self.assertTrue(answers["accounts"]["ok"])  # what takes no time is answered

    def test_who_signs_in_is_told(self):
        asked = threading.Event()

        def hold(_write):
            asked.set()
            time.sleep(30)
        self.server.answer("POST", "/login", hold)
        self.write("login", server=self.server.base_url, user="claire", password=PASSWORD)
        self.assertTrue(asked.wait(20))
        self.assertCancelled(self.end()["login"])


if __name__ == "__main__":
    watchdog.arm(int(os.environ.get("PARVIS_TEST_SECONDS", "170")))
    unittest.main(verbosity=2)
