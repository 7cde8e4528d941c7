#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""The demo world holds what it promises, on the first start and on the second."""
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import types
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "homeserver")]

import watchdog
from matrix_api import Api
from peer import Peer
from script import rooms

DAY = 86_400_000


class Script(unittest.TestCase):
    def test_conversationsAreInThePastAndInOrder(self):
        now = int(time.time() * 1000)

        for room in rooms(now):
            times = [line.ts for line in room.lines]
            self.assertEqual(times, sorted(times), room.key)
            self.assertLess(times[-1], now, room.key)
            self.assertLessEqual({line.who for line in room.lines}, set(room.members), room.key)


class DemoWorld(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="parvis-demo-test-")

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder, ignore_errors=True)
        pathlib.Path(cls.folder + ".lock").unlink(missing_ok=True)

    def start(self):
        process = subprocess.Popen(
            [sys.executable, str(HERE / "demo_world.py"), "--folder", self.folder],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.stdin.close)
        return process, json.loads(process.stdout.readline())

    def device(self, world):
        peer = Peer("new device").start(types.SimpleNamespace(base_url=world["base_url"]),
                                        "demo", register=False, password=world["password"],
                                        deviceName="test", syncLimit=100)
        self.addCleanup(peer.close)
        return peer

    def test_isInhabitedAndStays(self):
        process, world = self.start()
        self._finds_its_rooms(world)
        self._reads_with_the_recovery_key(world)
        self._gets_answers(world)
        process.stdin.close()
        self.assertEqual(process.wait(20), 0)

        _, again = self.start()

        self.assertEqual({**again}, {**world})
        peer = self.device(again)
        peer.call("recover", recoveryKey=again["recovery_key"])
        peer.wait_text(again["encrypted_room"], "Premier relevé de la journée : 3,85 m, stable.")
        self._gets_answers(again)

    def _finds_its_rooms(self, world):
        api = Api(world["base_url"]).login("demo", world["password"])
        sync = api.call("GET", "/sync", query={
            "timeout": 0, "filter": json.dumps({"room": {"timeline": {"limit": 200}}})})["rooms"]
        print({key: sync["join"].get(room, {}).get("unread_notifications")
               for key, room in world["rooms"].items()}, file=sys.stderr)
        self.assertEqual(list(sync["invite"]), [world["rooms"]["comite"]])
        self.assertEqual(len(sync["join"]), len(world["rooms"]) - 2)
        for key in ("seminaire", "budget", "entraide", "cross_border"):
            times = [event["origin_server_ts"]
                     for event in sync["join"][world["rooms"][key]]["timeline"]["events"]]
            self.assertEqual(times, sorted(times), key)
            self.assertLess(times[0], time.time() * 1000 - 20 * DAY)

    def _reads_with_the_recovery_key(self, world):
        peer = self.device(world)
        peer.call("recover", recoveryKey=world["recovery_key"])
        for key in ("encrypted_room", "direct_room"):
            bodies = peer.call("bodies", room=world[key], full=True)
            self.assertGreater(len(bodies), 5)
            self.assertNotIn(None, [message["body"] for message in bodies], bodies)
        self.assertLess(bodies[0]["ts"], time.time() * 1000 - 5 * DAY)

    def _gets_answers(self, world):
        peer = self.device(world)
        peer.call("watch")
        for room in (world["encrypted_room"], world["direct_room"]):
            peer.send(room, "Bonjour, où en est la note ?")
            answer = peer.wait_event("message", timeout=30, room=room, sender=world["answers"])
            while answer["ts"] < time.time() * 1000 - 60_000:  # history, as it becomes readable
                answer = peer.wait_event("message", timeout=30, room=room, sender=world["answers"])
            print(answer["body"], file=sys.stderr)
            self.assertTrue(answer["encrypted"])


if __name__ == "__main__":
    watchdog.arm(300)
    unittest.main(verbosity=2)
