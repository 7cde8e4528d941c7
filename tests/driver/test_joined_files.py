#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""Parvis is killed while a file with words is being sent: both are joined as before, or both are in the queue.

PARVIS_KILLS      how many SIGKILLs (12)
PARVIS_SEED       the seed of a run that is to be repeated; it is printed
"""
import collections
import os
import random
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
ROOM = "!ici:hostile.example"
KILLS = int(os.environ.get("PARVIS_KILLS", "12"))
SEED = int(os.environ.get("PARVIS_SEED", random.SystemRandom().randrange(2**31)))
CLEAR = b"secret du conseil " * 1000
LARGE = 48 << 20  # bytes: encrypted in a good part of a second


class JoinedFiles(unittest.TestCase):
    def setUp(self):
        self.server = HostileServer().start()
        self.addCleanup(self.server.close)
        self.driver = Driver("claire", environment=NO_PROXY).launch()
        self.addCleanup(self.driver.close)
        self.driver.call("login", server=self.server.base_url, user="claire", password=PASSWORD)
        sent = {"sender": self.server.user_id, "origin_server_ts": 1, "state_key": ""}
        self.server.sync(self.server.room(ROOM, state=[
            {"type": "m.room.create", "event_id": "$c", "content": {"room_version": "10"}, **sent},
            {"type": "m.room.name", "event_id": "$n", "content": {"name": "Ici"}, **sent}]))
        self.driver.call("start")
        deadline = time.monotonic() + 20  # the news may be on their way to a question that was given up
        while not self.driver.call("rooms") and time.monotonic() < deadline:
            time.sleep(0.05)
        self.file = f"{self.driver.folder}/dossier.odt"
        self.write(CLEAR)

    def write(self, content):
        with open(self.file, "wb") as file:
            file.write(content)

    def folder(self, name):
        """What lies in a folder of the account's files on their way."""
        found = [os.path.join(path, one) for path, _, names in os.walk(self.driver.profile) for one in names
                 if os.path.basename(path) == name]
        return found

    def restart(self):
        self.driver.kill()
        self.driver.resume()

    def joined(self):
        return self.driver.call("joined_files", room=ROOM)

    def refused(self, code, command, **arguments):
        with self.assertRaises(CommandError) as raised:
            self.driver.call(command, room=ROOM, **arguments)
        self.assertEqual(raised.exception.error["code"], code)

    def test_what_is_joined_outlives_a_kill(self):
        one = self.driver.call("join_file", room=ROOM, path=self.file)["joined"]
        two = self.driver.call("join_file", room=ROOM, path=self.file, pasted=True)["joined"]
        self.assertEqual(self.driver.call("inspect_joined", room=ROOM, joined=one)["bytes"], len(CLEAR))
        self.restart()
        self.assertEqual([(file["joined"], file["path"], file["bytes"]) for file in self.joined()],
                         [(one, self.file, len(CLEAR)), (two, "", len(CLEAR))])

        self.write(CLEAR + b"!")
        self.refused("PARVIS_FILE_CHANGED", "inspect_joined", joined=one)
        self.refused("PARVIS_FILE_CHANGED", "send_joined", joined=one)
        os.unlink(self.file)
        self.refused("PARVIS_FILE_UNREADABLE", "inspect_joined", joined=one)
        self.refused("PARVIS_FILE_UNREADABLE", "send_joined", joined=one)
        self.driver.call("send_joined", room=ROOM, joined=two)  # what was pasted needs no file
        self.assertEqual([file["joined"] for file in self.joined()], [one])
        self.driver.call("remove_joined", room=ROOM, joined=one)
        self.restart()
        self.assertEqual(self.joined(), [])
        self.assertEqual(self.folder("joined"), [])
        self.refused("PARVIS_FILE_NOT_JOINED", "send_joined", joined=two)

    def test_what_was_pasted_lies_nowhere_in_clear(self):
        self.driver.call("join_file", room=ROOM, path=self.file, pasted=True)
        self.assertEqual(len(self.folder("joined")), 1)
        self.driver.kill()
        for path, _, names in os.walk(self.driver.profile):
            for name in names:
                with open(os.path.join(path, name), "rb") as file:
                    self.assertNotIn(b"secret du conseil", file.read(), name)

    def test_a_kill_between_sending_and_the_queue(self):
        print(f"PARVIS_SEED={SEED} PARVIS_KILLS={KILLS}", file=sys.stderr, flush=True)
        chance = random.Random(SEED)
        self.write(b"\0" * LARGE)
        takes, found = self.time_of_one(), collections.Counter()
        for kill in range(KILLS):
            pasted, caption = kill % 3 == 2, f"voici {kill}"
            joined = self.driver.call("join_file", room=ROOM, path=self.file, pasted=pasted)["joined"]
            self.driver.call("draft", room=ROOM, body=f"{caption}\nla suite")
            before = len(self.driver.call("queue"))
            self.driver.begin("send_joined", room=ROOM, joined=joined, caption=caption)
            # from the first moment to well behind the last one
            time.sleep(takes * 2 * (kill + chance.random()) / KILLS)
            self.restart()

            left, draft = self.joined(), self.driver.call("draft", room=ROOM)["body"]
            queued = len(self.driver.call("queue")) - before
            state = (len(left), draft, queued)
            self.assertIn(state, [(1, f"{caption}\nla suite", 0), (0, "la suite", 1)], f"kill {kill}")
            found["in the queue" if queued else "as before"] += 1
            self.assertEqual(len(self.folder("joined")), 1 if left and pasted else 0)
            self.assertEqual(len(self.folder("outgoing")), before + queued)
            bodies = [item["body"] for item in self.driver.call("timeline", room=ROOM)]
            self.assertEqual(bodies.count(caption), queued)
            for file in left:
                self.driver.call("remove_joined", room=ROOM, joined=file["joined"])
        print(f"{KILLS} kills: {dict(found)}", file=sys.stderr, flush=True)
        self.assertGreater(found["as before"], 0, "no kill was early enough")
        self.assertGreater(found["in the queue"], 0, "no kill was late enough")

    def test_a_kill_while_a_text_goes_into_the_queue(self):
        chance, found = random.Random(SEED), collections.Counter()
        begun = time.monotonic()
        self.driver.call("send", room=ROOM, body="avant")
        takes = time.monotonic() - begun
        for kill in range(KILLS):
            text = f"un texte {kill}"
            self.driver.call("draft", room=ROOM, body=f"{text}\nla suite")
            before = len(self.driver.call("queue"))
            self.driver.begin("send", room=ROOM, body=text)
            time.sleep(takes * 2 * (kill + chance.random()) / KILLS)
            self.restart()
            state = (self.driver.call("draft", room=ROOM)["body"], len(self.driver.call("queue")) - before)
            self.assertIn(state, [(f"{text}\nla suite", 0), ("la suite", 1)], f"kill {kill}")
            found["in the queue" if state[1] else "as before"] += 1
        print(f"{KILLS} kills: {dict(found)}", file=sys.stderr, flush=True)
        self.assertGreater(found["in the queue"], 0, "no kill was late enough")

    def time_of_one(self):
        joined = self.driver.call("join_file", room=ROOM, path=self.file)["joined"]
        begun = time.monotonic()
        self.driver.call("send_joined", room=ROOM, joined=joined)
        return time.monotonic() - begun


if __name__ == "__main__":
    watchdog.arm(int(os.environ.get("PARVIS_TEST_SECONDS", str(100 + 10 * KILLS))))
    unittest.main(verbosity=2)
