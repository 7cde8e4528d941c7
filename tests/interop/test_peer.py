#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""The test bed's own test: two independent clients talk, encrypted, through real servers."""
import os
import sys
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "homeserver"))

import watchdog
from homeserver import TestBed
from peer import Peer, node


class Scenes:
    """What holds on one server and between two; `names` is the subclass's."""

    federation = False

    @classmethod
    def setUpClass(cls):
        cls.bed = TestBed(federation=cls.federation).start()

    @classmethod
    def tearDownClass(cls):
        cls.bed.close()

    def peer(self, name, server=0, **more):
        peer = Peer(name)
        self.addCleanup(peer.close)
        return peer.start(self.bed.servers[server], **more)

    def pair(self, one, two):
        """Two people in one encrypted room; the second one on the last server."""
        alice, bob = self.peer(one), self.peer(two, -1)
        room = alice.create_room(encrypted=True, invite=[bob.user_id])
        bob.join(room)
        alice.call("waitMember", room=room, user=bob.user_id)
        bob.call("waitEncrypted", room=room)
        return alice, bob, room

    def test_talkUnreadByTheServer(self):
        alice, bob, room = self.pair("alice", "bob")

        first = alice.send(room, "le budget est prêt")
        seen = bob.wait_text(room, "le budget est prêt")
        bob.send(room, "merci, je le relis")
        alice.wait_text(room, "merci, je le relis")
        alice.call("edit", room=room, of=first, text="le budget révisé est prêt")
        bob.wait_text(room, "le budget révisé est prêt")

        self.assertEqual((seen["eventId"], seen["wireType"]), (first, "m.room.encrypted"))
        for server in self.bed.servers:
            counts = server.db_search(["le budget est", "merci, je le", "budget révisé"])
            self.assertEqual(set(counts.values()), {0}, counts)

    def test_manyMessagesAreListedInOrder(self):
        alice, bob, room = self.pair("chloe", "denis")

        sent = alice.call("sendMany", room=room, count=60, prefix="ligne")["sent"]
        bob.wait_text(room, "ligne 60")  # what came before it may lie behind a gap
        read = bob.call("bodies", room=room, prefix="ligne", full=True)

        self.assertEqual([(m["eventId"], m["body"]) for m in read],
                         [(m["eventId"], m["body"]) for m in sent])

    def test_messagesAreReported(self):
        alice, bob, room = self.pair("emma", "fabien")
        bob.call("watch")

        alice.send(room, "vous me recevez ?")

        event = bob.wait_event("message", sender=alice.user_id)
        self.assertEqual((event["body"], event["own"]), ("vous me recevez ?", False))

    def test_lateDeviceReadsAfterRecovery(self):
        alice, bob, room = self.pair("gilles", "helene")
        key = bob.call("bootstrap")["recoveryKey"]
        alice.send(room, "avant l'appareil")
        bob.wait_text(room, "avant l'appareil")
        bob.call("waitBackedUp", count=1)

        late = self.peer("helene", -1, register=False, deviceName="second")
        late.call("waitMessage", room=room, undecrypted=True)
        late.call("recover", recoveryKey=key)
        recovered = late.call("waitUtdRecovered", room=room)["recovered"]

        self.assertGreater(recovered, 0)
        late.wait_text(room, "avant l'appareil")


class OneServer(Scenes, unittest.TestCase):
    pass


class TwoServers(Scenes, unittest.TestCase):
    federation = True


if __name__ == "__main__":
    watchdog.arm(300)
    print("node:", node(), file=sys.stderr)
    began = time.monotonic()
    program = unittest.main(verbosity=2, exit=False)
    print(f"{time.monotonic() - began:.0f} s", file=sys.stderr)
    sys.exit(not program.result.wasSuccessful())
