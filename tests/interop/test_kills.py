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
import statistics
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
PENDING_SHARE = 0.75  # of the kills must strike while something is under way
LONGEST_LIFE = 0.6    # seconds between the first message of a round and the last ones
LONGEST_TAIL = 1.1    # between those and the kill, in times that a message takes on this machine
BACKLOG = 6           # rows that a round may begin with: the rest has to get through between the kills
LONGEST_DRAIN = 4     # seconds that a round waits for that
ROUNDS_PER_DEVICE = 7  # then the other person goes on with a new device: one-time keys are used up
OWN, THEIRS = "de Parvis", "de l'autre"
# what the program says of its work, so that the log of a dead one shows what was under way
RULES = "parvis.store.debug=true;parvis.send.info=true;parvis.crypto.info=true"
TRANSACTION = re.compile(r"\b(cache|keys) (begins?|ends?)$")
REQUEST = re.compile(r"\b(to-device|key request) \"?(\w+)\"? (leaves|is answered)$")
ROW = re.compile(r"\brow (\d+) (starts|leaves|is at the server|waits|failed)")
LEFT = re.compile(r"\b(\d+) rows are left from the last run")


def say(text):
    print(text, file=sys.stderr, flush=True)


def under_way(log):
    """What was going on when the log ended: names of it."""
    transactions, requests, row = set(), {}, None
    for line in log:
        if found := TRANSACTION.search(line):
            (transactions.add if found[2].startswith("begin") else transactions.discard)(found[1])
        elif found := REQUEST.search(line):
            if found[3] == "leaves":
                requests[found[2]] = found[1]
            else:
                requests.pop(found[2], None)
        elif found := ROW.search(line):
            row = {"starts": "row being encrypted", "leaves": "row on the wire"}.get(found[2])
    return {f"transaction of {name}" for name in transactions} | set(requests.values()) \
        | ({row} if row else set())


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
        self.device = self.bob
        self.alice = Driver("alice", environment={"QT_LOGGING_RULES": RULES}).log_in(self.server)
        self.addCleanup(self.alice.close)
        self.room = self.alice.call("create_room", name="Coupures", kind="private",
                                    invite=[self.bob.user_id])["room_id"]
        self.other = self.alice.call("create_room", name="Autre", kind="private")["room_id"]
        self.bob.join(self.room)
        self.bob.call("waitEncrypted", room=self.room)
        self.pace = self._pace()
        self.alice.wait_idle()
        self.struck = collections.Counter()
        self.born = self.alice.log_size()

    def _pace(self):
        """Seconds from a message to the server's answer, as they are where the test runs."""
        took = []
        for number in range(9):
            began = time.monotonic()
            self.alice.call("send", room=self.other, body=f"{number}", wait=True)
            took.append(time.monotonic() - began)
        say(f"a message takes {statistics.median(took):.3f} s")
        return statistics.median(took)

    def test_nothingIsLostAndNothingComesTwice(self):
        waiting = collections.deque(f"{OWN} {n}" for n in range(1, MESSAGES + 1))
        begun_by_bob, told = [], 0

        for kill in range(1, KILLS + 1):
            if kill % ROUNDS_PER_DEVICE == 0:
                self._finish(begun_by_bob)
                self._next_device_of_bob()
            share = MESSAGES * kill // KILLS
            begun_by_bob.append(self.device.begin("sendMany", room=self.room, prefix=THEIRS,
                                                  start=told + 1, count=share - told))
            batch = [waiting.popleft() for _ in range(min(len(waiting), share - told))]
            told = share
            # what a round did not get to the queue, the next one begins with
            waiting.extendleft(reversed(self._round(kill, batch)))
        while waiting:
            body = waiting.popleft()
            self.alice.call("send", room=self.room, body=body)
        self._finish(begun_by_bob)

        self._nothing_lost_or_doubled()
        self._one_time_keys_agree()
        self._report()

    def _finish(self, begun_by_bob):
        while begun_by_bob:
            self.device.finish(begun_by_bob.pop(0), 120)

    def _next_device_of_bob(self):
        if self.device is not self.bob:
            self.device.close()
        self.device = Peer("bob").start(self.server, register=False)
        self.addCleanup(self.device.close)
        self.device.call("waitEncrypted", room=self.room)

    # --- one life of the process --------------------------------------------------------------

    def _round(self, kill, batch):
        """Sends, is killed, comes back. Answers the texts that were never queued."""
        self._drain()
        new_key = self.random.random() < 0.3
        if new_key:
            self.alice.call("discard_session", room=self.room)
            self.device.call("discardSession", room=self.room)
        draft = f"brouillon {kill}"
        self.alice.call("draft", room=self.room, body=draft)
        life = self._life(new_key)
        # some have time to arrive, and some are fresh when it strikes, however fast the machine is
        early = len(batch) // 2
        begun = [(body, self.alice.begin("send", room=self.room, body=body)) for body in batch[:early]]
        time.sleep(life)
        begun += [(body, self.alice.begin("send", room=self.room, body=body)) for body in batch[early:]]
        time.sleep(self.random.uniform(0, LONGEST_TAIL * self.pace))

        dead = self.alice.kill()

        going = under_way(self.alice.log_since(self.born))
        unanswered = [body for body, command in begun if not self._answered(dead, command)]
        if self.random.random() < 0.15:
            self._killed_while_it_starts()
        self.born = self.alice.log_size()
        self.alice.resume()
        self._note(kill, life, going)
        self.assertEqual(self.alice.call("draft", room=self.room)["body"], draft, f"kill {kill}")
        if not unanswered:
            return []
        # Whoever would type a text again looks for it first: also behind what a gap in the history hides.
        self.alice.wait_idle()
        known = {item["body"] for item in self.alice.history(self.room)}
        return [body for body in unanswered if body not in known]

    def _drain(self):
        """Else nearly everything would be sent after the last kill."""
        wanted, until = self.random.randint(0, BACKLOG), time.monotonic() + LONGEST_DRAIN
        while len(self.alice.call("queue")) > wanted and time.monotonic() < until:
            time.sleep(0.05)

    def _life(self, new_key):
        """Mostly short; where there is a new key, while it is on its way to the other devices."""
        chance = self.random.random()
        return chance / 4 if new_key else chance * LONGEST_LIFE

    def _killed_while_it_starts(self):
        """A kill that is not counted: nobody asked for anything yet."""
        self.alice.launch()
        self.alice.begin("restore")
        time.sleep(self.random.uniform(0, 0.3))
        self.alice.kill()

    def _answered(self, dead, command):
        try:
            dead.finish(command, timeout=0.01)
            return True
        except (Gone, TimeoutError):
            return False

    def _note(self, kill, life, going):
        left = [int(found[1]) for found in map(LEFT.search, self.alice.log_since(self.born)) if found]
        if left[0]:
            going |= {"row in the queue"}
        self.struck.update(going | ({"anything"} if going else {"nothing"}))
        say(f"kill {kill:3}: after {life:.2f} s, {left[0]} rows; {', '.join(sorted(going)) or 'idle'}")

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
        self._new_devices_reach_her()
        self.alice.wait_idle()
        answer = self.alice.call("raw", method="POST", path="/_matrix/client/v3/keys/upload",
                                 body={})["body"]
        on_server = answer["one_time_key_counts"].get("signed_curve25519", 0)
        self.assertEqual(self.alice.call("status")["otk_count"], on_server)
        with open(f"{self.server.folder}/homeserver.log", errors="replace") as file:
            clashes = [line for line in file if "One time key" in line and "exists" in line]
        self.assertEqual(clashes, [], "keys were uploaded twice with other contents")

    def _new_devices_reach_her(self):
        """Each takes one of her keys from the server; only a key that she still has can be read with."""
        for number in range(3):
            self._next_device_of_bob()
            body = f"nouvel appareil {number}"
            self.device.send(self.room, body)
            self.alice.wait_text(self.room, body)

    def _report(self):
        say(f"{KILLS} kills: " + ", ".join(f"{n} {what}" for what, n in sorted(self.struck.items())))
        self.assertGreaterEqual(self.struck["anything"], PENDING_SHARE * KILLS,
                                "too few kills struck while something was under way")
        if KILLS >= 200:
            for what in ("row in the queue", "row on the wire", "row being encrypted", "to-device"):
                self.assertGreater(self.struck[what], 0, f"no kill struck: {what}")


if __name__ == "__main__":
    watchdog.arm(int(os.environ.get("PARVIS_TEST_SECONDS", str(300 + 10 * KILLS + MESSAGES))))
    unittest.main(verbosity=2)
