#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""The test bed's own tests: the servers come up, do what the options say, and leave nothing."""
import json
import os
import signal
import subprocess
import sys
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import watchdog
from homeserver import TestBed
from matrix_api import MatrixError
from needles import forms

HERE = os.path.dirname(os.path.abspath(__file__))
SLIDING = "/_matrix/client/unstable/org.matrix.simplified_msc3575"


def sliding_sync(api):
    return api.call("POST", "/sync", {"lists": {"all": {
        "ranges": [[0, 10]], "required_state": [], "timeline_limit": 1}}}, prefix=SLIDING)


def processes_of(folder):
    """Ids of live processes that have the folder on their command line."""
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/cmdline", "rb") as file:
                if folder.encode() in file.read():
                    found.append(int(pid))
        except OSError:
            pass
    return found


def wait_until(condition, timeout=10):
    deadline = time.monotonic() + timeout
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


class OneServer(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        began = time.monotonic()
        cls.bed = TestBed().start()
        cls.server = cls.bed.servers[0]
        print(f"one server: {time.monotonic() - began:.1f} s", file=sys.stderr)

    @classmethod
    def tearDownClass(cls):
        cls.bed.close()

    def test_registersAndLogsIn(self):
        self.server.register("alice")

        again = self.server.login("alice", initial_device_display_name="second")

        self.assertEqual(again.call("GET", "/account/whoami")["user_id"], "@alice:parvis.test")

    def test_givesRefreshTokensWhenAsked(self):
        api = self.server.register("rose")

        answer = api.call("POST", "/login", {
            "type": "m.login.password", "password": "parvis-passw0rd", "refresh_token": True,
            "identifier": {"type": "m.id.user", "user": "rose"}})

        self.assertIn("refresh_token", answer)
        self.assertLessEqual(answer["expires_in_ms"], 300_000)

    def test_findsWhatItCanReadInItsDatabase(self):
        api = self.server.register("bob")
        room = api.create_room(name="Note")
        api.send(room, "réunion du budget à 14 h")

        counts = self.server.db_search(["réunion du budget", "jamais écrit ici"])

        self.assertGreater(counts["réunion du budget"], 0)
        self.assertEqual(counts["jamais écrit ici"], 0)

    def test_findsABase64NeedleAtEachAlignment(self):
        import base64
        for before in ("", "x", "xy", "xyz"):
            text = base64.b64encode((before + "secret budget" + before).encode())
            self.assertTrue(any(form in text for form in forms("secret budget").values()), before)

    def test_appserviceWritesIntoThePast(self):
        room = self.server.register("carol").create_room()

        event = self.server.appservice().call(
            "PUT", f"/rooms/{room}/send/m.room.message/past", {"msgtype": "m.text", "body": "hier"},
            query={"user_id": "@carol:parvis.test", "ts": 1_600_000_000_000})["event_id"]

        rows = self.server.sql("SELECT origin_server_ts AS ts FROM events WHERE event_id = ?",
                               (event,))
        self.assertEqual(rows, [{"ts": 1_600_000_000_000}])

    def test_slidingSyncCanBeTurnedOffAndOn(self):
        api = self.server.register("dan")
        room = api.create_room(name="Reste")
        self.assertIn("lists", sliding_sync(api))

        self.server.restart(sliding=False)
        with self.assertRaises(MatrixError) as refused:
            sliding_sync(api)
        v2 = api.call("GET", "/sync", query={"timeout": 0})
        features = api.call("GET", "/versions", prefix="/_matrix/client")["unstable_features"]
        self.server.restart(sliding=True)

        self.assertEqual(refused.exception.status, 404)
        self.assertIn(room, v2["rooms"]["join"])
        self.assertFalse(features.get("org.matrix.simplified_msc3575"))
        self.assertIn("lists", sliding_sync(api))


class Federation(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        began = time.monotonic()
        cls.bed = TestBed(federation=True).start()
        print(f"two servers: {time.monotonic() - began:.1f} s", file=sys.stderr)

    @classmethod
    def tearDownClass(cls):
        cls.bed.close()

    def test_messagesGoBothWays(self):
        one, two = self.bed.servers
        alice, bob = one.register("alice"), two.register("bob")
        room = alice.create_room(name="Interministériel", invite=[bob.user_id])
        bob.join(room)

        alice.send(room, "bonjour de alpha")
        bob.send(room, "bonjour de beta")

        self.assertEqual(bob.wait_body(room, "bonjour de alpha")["sender"], "@alice:alpha.parvis.test")
        self.assertEqual(alice.wait_body(room, "bonjour de beta")["sender"], "@bob:beta.parvis.test")


class RealLimits(unittest.TestCase):
    def test_answers429WithRealLimits(self):
        with TestBed(limits="real") as bed:
            api = bed.servers[0].register("alice")
            room = api.create_room()

            with self.assertRaises(MatrixError) as refused:
                for number in range(100):
                    api.send(room, f"message {number}")

        self.assertEqual(refused.exception.errcode, "M_LIMIT_EXCEEDED")
        self.assertGreater(refused.exception.body["retry_after_ms"], 0)


class CommandLine(unittest.TestCase):
    def setUp(self):
        self.process = subprocess.Popen(
            [sys.executable, f"{HERE}/homeserver.py", "--json", "--federation"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.addCleanup(self._cleanUp)
        self.servers = json.loads(self.process.stdout.readline())["servers"]
        self.folder = os.path.dirname(self.servers[0]["dir"])

    def _cleanUp(self):
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()

    def ask(self, **request):
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def leavesNothing(self):
        return not processes_of(self.folder) and not os.path.exists(self.folder)

    def test_answersCommands(self):
        account = self.ask(id=1, cmd="register", server=1, user="eve")
        self.ask(id=2, cmd="stop", server=0)
        rows = self.ask(id=3, cmd="sql", server=1, query="SELECT name FROM users")
        restarted = self.ask(id=4, cmd="start", server=0)
        unknown = self.ask(id=5, cmd="sing")

        self.assertEqual(account["result"]["user_id"], "@eve:beta.parvis.test")
        self.assertEqual(rows["result"]["rows"], [{"name": "@eve:beta.parvis.test"}])
        self.assertEqual(restarted["result"]["base_url"], self.servers[0]["base_url"])
        self.assertEqual((unknown["id"], unknown["ok"]), (5, False))

    def test_stopsWhenItsInputCloses(self):
        self.process.stdin.close()

        self.assertEqual(self.process.wait(15), 0)
        self.assertTrue(self.leavesNothing())

    def test_stopsWhenTerminated(self):
        self.process.send_signal(signal.SIGTERM)

        self.assertEqual(self.process.wait(15), 0)
        self.assertTrue(self.leavesNothing())

    def test_leavesNothingWhenKilled(self):
        self.assertEqual(len(processes_of(self.folder)), 2)

        self.process.kill()

        self.assertTrue(wait_until(self.leavesNothing), processes_of(self.folder))


if __name__ == "__main__":
    watchdog.arm(240)
    unittest.main(verbosity=2)
