#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""Parvis is killed again and again while messages go both ways: none is lost, none comes twice.

PARVIS_DRIVER     the program under test; without one the test is skipped
PARVIS_KILLS      how many SIGKILLs (20; the long form: 200)
PARVIS_MESSAGES   how many messages each way (100; 500 from 200 kills on)
PARVIS_SEED       the seed of a run that is to be repeated; it is printed
"""
import collections
import os
import random
import re
import sys
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "homeserver"))

import watchdog
from driver import Driver, program
from homeserver import TestBed
from json_lines import CommandError, Gone
from peer import Peer

KILLS = int(os.environ.get("PARVIS_KILLS", "20"))
MESSAGES = int(os.environ.get("PARVIS_MESSAGES", "500" if KILLS >= 200 else "100"))
SEED = int(os.environ.get("PARVIS_SEED", random.SystemRandom().randrange(2**31)))
# a request to other devices (room keys) on its way, as the driver's log tells of it
TO_DEVICE = re.compile(r"to-?device|send_?to_?device", re.IGNORECASE)
LONGEST_LIFE = 0.3  # seconds between the first message of a round and the kill
BACKLOG = 6  # rows that a round may begin with: the rest has to get through between the kills
LONGEST_DRAIN = 4  # seconds that a round waits for that
SHARE = 0.75  # of the kills have to interrupt something
OWN, THEIRS = "de Parvis", "de l'autre"


def say(text):
    print(text, file=sys.stderr, flush=True)


class Kills(unittest.TestCase):
    def setUp(self):
        if not program():
            self.skipTest("no parvis-driver (PARVIS_DRIVER)")
        say(f"PARVIS_SEED={SEED} PARVIS_KILLS={KILLS} PARVIS_MESSAGES={MESSAGES}")
        self.random = random.Random(SEED)
        self.bed = TestBed().start()
        self.addCleanup(self.bed.close)
        self.server = self.bed.servers[0]
        self.bob = Peer("bob").start(self.server, syncLimit=200)
        self.addCleanup(self.bob.close)
        self.alice = Driver("alice").log_in(self.server)
        self.addCleanup(self.alice.close)
        self.room = self.alice.call("create_room", name="Coupures", kind="private",
                                    invite=[self.bob.user_id])["room_id"]
        self.bob.join(self.room)
        self.bob.call("waitEncrypted", room=self.room)
        self.alice.wait_idle()
        self.struck = collections.Counter()

    def test_nothingIsLostAndNothingComesTwice(self):
        waiting = collections.deque(f"{OWN} {n}" for n in range(1, MESSAGES + 1))
        begun_by_bob, told = [], 0

        for kill in range(1, KILLS + 1):
            share = MESSAGES * kill // KILLS
            begun_by_bob.append(self.bob.begin("sendMany", room=self.room, prefix=THEIRS,
                                               start=told + 1, count=share - told))
            batch = [waiting.popleft() for _ in range(min(len(waiting), share - told))]
            told = share
            # what a round did not get to the queue, the next one begins with
            waiting.extendleft(reversed(self._round(kill, batch)))
        while waiting:
            body = waiting.popleft()
            self.alice.call("send", room=self.room, body=body)
        for begun in begun_by_bob:
            self.bob.finish(begun, 120)

        self._nothing_lost_or_doubled()
        self._one_time_keys_agree()
        self._report()

    # --- one life of the process --------------------------------------------------------------

    def _round(self, kill, batch):
        """Sends, is killed, comes back. Answers the texts that were never queued."""
        self._drain()
        if self.random.random() < 0.5:
            self._new_room_key()
        draft = f"brouillon {kill}"
        self.alice.call("draft", room=self.room, body=draft)
        position = self.alice.log_size()
        life = self.random.uniform(0, LONGEST_LIFE)
        begun = [(body, self.alice.begin("send", room=self.room, body=body)) for body in batch]
        time.sleep(life)
        pending = self._pending()

        dead = self.alice.kill()

        self._note(kill, life, pending, self.alice.log_since(position))
        unanswered = [body for body, command in begun if not self._answered(dead, command)]
        self.alice.resume()
        self.assertEqual(self.alice.call("draft", room=self.room)["body"], draft, f"kill {kill}")
        if not unanswered:
            return []
        known = {item["body"] for item in self.alice.call("timeline", room=self.room, limit=500)}
        return [body for body in unanswered if body not in known]

    def _drain(self):
        """Else nearly everything would be sent after the last kill."""
        wanted, until = self.random.randint(0, BACKLOG), time.monotonic() + LONGEST_DRAIN
        while len(self.alice.call("queue")) > wanted and time.monotonic() < until:
            time.sleep(0.05)

    def _new_room_key(self):
        """The next message has to share a new key first: more to be interrupted in."""
        try:
            self.alice.call("discard_session", room=self.room)
        except CommandError as error:
            if error.kind != "usage":
                raise
        self.bob.call("discardSession", room=self.room)

    def _answered(self, dead, command):
        try:
            dead.finish(command, timeout=0.01)
            return True
        except (Gone, TimeoutError):
            return False

    def _pending(self):
        """(rows in the queue, requests to devices that are on their way) just before the kill."""
        queue, status = self.alice.begin("queue"), self.alice.begin("status")
        try:
            rows = [row for row in self.alice.finish(queue, 2) if row["state"] != "sent"]
            return len(rows), self.alice.finish(status, 2).get("to_device_pending", 0)
        except (TimeoutError, CommandError):
            return None, 0

    def _note(self, kill, life, pending, log):
        rows, to_device = pending
        to_device = to_device or sum(1 for line in log[-20:] if TO_DEVICE.search(line))
        self.struck["something"] += bool(rows or to_device)
        self.struck["queue"] += bool(rows)
        self.struck["to-device"] += bool(to_device)
        say(f"kill {kill:3}: after {life:.2f} s, queue {rows}, to-device {to_device}")

    # --- afterwards ---------------------------------------------------------------------------

    def _nothing_lost_or_doubled(self):
        self.alice.wait_idle(120_000)
        try:
            self.bob.call("waitBodies", room=self.room, sender=self.alice.user_id, prefix=OWN,
                          count=MESSAGES, timeout=60_000)
        except CommandError as error:
            say(f"{error}: see below which")
        read_by_bob = self.bob.call("bodies", room=self.room, full=True)
        items = [item for item in self.alice.history(self.room)
                 if item["type"] == "m.room.message" or not item["readable"]]
        read_by_alice = [{"sender": item["sender"], "body": item["body"] if item["readable"]
                          else None, "eventId": item["event_id"]} for item in items]

        for reader, messages in (("bob", read_by_bob), ("alice", read_by_alice)):
            unreadable = [message for message in messages if message["body"] is None]
            self.assertEqual(unreadable, [], f"{reader} cannot read these")
            for sender, prefix in ((self.alice.user_id, OWN), (self.bob.user_id, THEIRS)):
                counts = collections.Counter(m["body"] for m in messages
                                             if m["sender"] == sender)
                wanted = {f"{prefix} {n}": 1 for n in range(1, MESSAGES + 1)}
                self.assertEqual(dict(counts - collections.Counter(wanted)), {},
                                 f"{reader} has these too often from {sender}")
                self.assertEqual(dict(collections.Counter(wanted) - counts), {},
                                 f"{reader} misses these from {sender}")
        on_server = self.server.sql(
            "SELECT sender, COUNT(*) AS n FROM events WHERE room_id = ? AND "
            "type = 'm.room.encrypted' GROUP BY sender", (self.room,))
        self.assertEqual({row["n"] for row in on_server}, {MESSAGES}, on_server)

    def _one_time_keys_agree(self):
        self.alice.wait_idle()
        answer = self.alice.call("raw", method="POST", path="/_matrix/client/v3/keys/upload",
                                 body={})["body"]
        on_server = answer["one_time_key_counts"].get("signed_curve25519", 0)
        self.assertEqual(self.alice.call("status")["otk_count"], on_server)
        with open(f"{self.server.folder}/homeserver.log", errors="replace") as file:
            clashes = [line for line in file if "One time key" in line and "exists" in line]
        self.assertEqual(clashes, [], "keys were uploaded twice with other contents")

    def _report(self):
        say(f"{KILLS} kills: {self.struck['something']} with something pending, "
            f"{self.struck['queue']} with rows in the queue, "
            f"{self.struck['to-device']} with requests to devices on their way")
        self.assertGreaterEqual(self.struck["something"], SHARE * KILLS,
                                "too many kills came while nothing was pending")


if __name__ == "__main__":
    watchdog.arm(int(os.environ.get("PARVIS_TEST_SECONDS", str(300 + 10 * KILLS + MESSAGES))))
    unittest.main(verbosity=2)
