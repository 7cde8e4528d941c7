#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""Secrets go from one device of a person to another that was verified, between Parvis and an independent client.

PARVIS_DRIVER names the program under test; without one the scenes are skipped.
"""
import os
import sys
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "homeserver"))

import watchdog
from scene import Scene, everywhere
from sides import ParvisSide, PeerSide


class Gossip(Scene):
    def verify(self, one, other):
        other.knows(one)
        txn = one.request(other)
        other.accept(txn)
        one.wait_ready(txn)
        one.start(txn)
        self.assertEqual(one.sas(txn), other.sas(txn))
        one.confirm(txn)
        other.confirm(txn)
        self.assertEqual(one.wait_end(txn)[0], "done")
        self.assertEqual(other.wait_end(txn)[0], "done")

    def parvis_holds(self, driver, identity=True, backup=True):
        """Cross-signing and, where there is one, the backup: what this device can use by itself."""
        for _ in range(80):
            driver.wait_idle()
            status = driver.call("crypto_status")
            seen = (status["cross_signing"], status["backup"]["readable"])
            if seen == (identity, backup):
                return
            time.sleep(0.25)
        self.fail(status)

    def peer_holds(self, peer, backup=None):
        for _ in range(80):
            status = peer.call("status")
            local = status["crossSigning"]["privateKeysCachedLocally"]
            if all(local.values()) and status["backup"] == backup:
                return
            time.sleep(0.25)
        self.fail(status)

    def test_theOtherGetsWhatParvisHolds(self):
        alice, bob = self.parvis("alice"), self.peer("bob")
        room = self.room_with(alice, bob)
        said = self.body("d'avant la vérification")
        alice.call("send", room=room, body=said, wait=True)
        bob.wait_text(room, said)
        alice.call("bootstrap")
        alice.wait_idle()
        version = alice.call("crypto_status")["backup"]["version"]
        late = self.peer("alice", server=0, register=False)

        self.verify(ParvisSide(alice), PeerSide(late))

        self.peer_holds(late, backup=version)
        late.wait_text(room, said)  # out of the backup, whose key came along

    def test_parvisGetsWhatTheOtherHolds(self):
        alice, bob = self.peer("alice", server=0), self.peer("bob")
        room = bob.create_room(encrypted=True, invite=[alice.user_id])
        alice.join(room)
        bob.call("waitMember", room=room, user=alice.user_id)
        said = self.body("d'avant la vérification")
        bob.send(room, said)
        alice.wait_text(room, said)
        alice.call("bootstrap")
        alice.call("waitBackedUp", count=1)
        late = self.parvis("alice", register=False)
        self.assertFalse(late.call("crypto_status")["cross_signing"])

        self.verify(ParvisSide(late), PeerSide(alice))

        self.parvis_holds(late)
        self.assertTrue(late.wait_text(room, said)["encrypted"])

    def test_parvisGivesToParvis(self):
        alice = self.parvis("alice")
        alice.call("bootstrap")
        late = self.parvis("alice", register=False)

        self.verify(ParvisSide(late), ParvisSide(alice))

        self.parvis_holds(late)

    def test_withoutVerificationNothingGoes(self):
        alice = self.parvis("alice")
        alice.call("bootstrap")
        late, ours = self.peer("alice", server=0, register=False), self.parvis("alice", register=False)
        for _ in range(4):
            alice.wait_idle()
            ours.wait_idle()
            time.sleep(0.5)

        self.assertFalse(any(late.call("status")["crossSigning"]["privateKeysCachedLocally"].values()))
        self.parvis_holds(ours, identity=False, backup=False)


globals().update(everywhere(Gossip, __name__))


if __name__ == "__main__":
    watchdog.arm(int(os.environ.get("PARVIS_TEST_SECONDS", "600")))
    unittest.main(verbosity=2)
