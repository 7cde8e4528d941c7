#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""Parvis and an independent client verify each other: devices of one person, and two persons.

Each scene ends with a look at what both sides make of it. PARVIS_DRIVER names the program under test;
without one the scenes are skipped.
"""
import itertools
import os
import sys
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "homeserver"))

import watchdog
from driver import PASSWORD, Driver
from json_lines import CommandError
from peer import Peer
from scene import Scene
from sides import PATIENCE, ParvisSide, PeerSide

_numbers = itertools.count(1)


class Scenes(Scene):
    def parvis(self, name, **more):
        driver = Driver(name)
        self.opened.append(driver)
        return ParvisSide(driver.log_in(self.bed.servers[0], **more))

    def peer(self, name, server=0, **more):
        peer = Peer(name)
        self.opened.append(peer)
        peer.start(self.bed.servers[server], **more)
        if self.opened_autoconfirm:
            peer.call("autoVerify", accept=False, confirm=True)
        return PeerSide(peer)

    opened_autoconfirm = False

    def own_devices(self, identity):
        """A device that holds the identity, and a new one: (Parvis, the other client)."""
        name = f"alice{next(_numbers)}"
        if identity == "parvis":
            ours = self.parvis(name)
            ours.client.call("bootstrap", password=PASSWORD, timeout=60_000)
            return ours, self.peer(name, register=False)
        theirs = self.peer(name)
        theirs.client.call("bootstrap")
        return self.parvis(name, register=False), theirs

    def people(self):
        number = next(_numbers)
        alice, bob = self.parvis(f"alice{number}"), self.peer(f"bob{number}", server=-1)
        alice.client.call("bootstrap", password=PASSWORD, timeout=60_000)
        bob.client.call("bootstrap")
        room = alice.client.call("create_room", kind="direct", invite=[bob.user])["room_id"]
        bob.client.join(room)
        bob.client.call("waitEncrypted", room=room)
        for _ in range(60):
            alice.client.wait_idle()
            members = alice.client.call("members", room=room)
            if any(one["user_id"] == bob.user and one.get("membership", "join") == "join"
                   for one in members):
                break
            time.sleep(0.25)
        return alice, bob, room

    def ready(self, asker, other, room=None):
        other.knows(asker)  # a request from a device that is not known (yet) is none
        txn = asker.request(other, room)
        other.accept(txn)
        asker.wait_ready(txn)
        return txn

    def compare(self, one, other, txn, starter):
        starter.start(txn)
        self.assertEqual(one.sas(txn), other.sas(txn))

    def trusted(self, one, other, txn):
        self.assertEqual(one.wait_end(txn), ("done", None))
        self.assertEqual(other.wait_end(txn)[0], "done")
        one.wait_trusts(other)
        other.wait_trusts(one)

    def untrusted(self, one, other):
        one.client.call("wait_idle", timeout=60_000)
        self.assertFalse(one.trusts(other))
        self.assertFalse(other.trusts(one))

    def play_sas(self, one, other, asker, starter, room=None):
        txn = self.ready(asker, other if asker is one else one, room)
        self.compare(one, other, txn, starter)
        one.confirm(txn)
        other.confirm(txn)
        self.trusted(one, other, txn)

    # --- one's own devices --------------------------------------------------------------------

    def test_ourIdentityAndWeAsk(self):
        ours, theirs = self.own_devices("parvis")
        self.play_sas(ours, theirs, asker=ours, starter=ours)

    def test_ourIdentityAndTheyAsk(self):
        ours, theirs = self.own_devices("parvis")
        self.play_sas(ours, theirs, asker=theirs, starter=theirs)

    def test_theirIdentityAndWeAsk(self):
        ours, theirs = self.own_devices("peer")
        self.play_sas(ours, theirs, asker=ours, starter=theirs)
        self.assertTrue(ours.client.call("crypto_status")["verified"])

    def test_theirIdentityAndTheyAsk(self):
        ours, theirs = self.own_devices("peer")
        self.play_sas(ours, theirs, asker=theirs, starter=ours)
        self.assertTrue(ours.client.call("crypto_status")["verified"])

    # --- people -------------------------------------------------------------------------------

    def test_personWeAskAndStart(self):
        alice, bob, room = self.people()
        self.play_sas(alice, bob, asker=alice, starter=alice, room=room)

    def test_personTheyAskAndStart(self):
        alice, bob, room = self.people()
        self.play_sas(alice, bob, asker=bob, starter=bob, room=room)

    def test_personWeAskTheyStart(self):
        alice, bob, room = self.people()
        self.play_sas(alice, bob, asker=alice, starter=bob, room=room)

    # --- without success ----------------------------------------------------------------------

    def test_weSayThatTheyDiffer(self):
        alice, bob, room = self.people()
        txn = self.ready(alice, bob, room)
        self.compare(alice, bob, txn, alice)

        bob.confirm(txn)
        alice.mismatch(txn)

        self.assertEqual(alice.wait_end(txn), ("cancelled", "m.mismatched_sas"))
        self.assertEqual(bob.wait_end(txn), ("cancelled", "m.mismatched_sas"))
        self.untrusted(alice, bob)

    def test_theySayThatTheyDiffer(self):
        ours, theirs = self.own_devices("parvis")
        txn = self.ready(theirs, ours)
        self.compare(ours, theirs, txn, theirs)

        theirs.mismatch(txn)

        self.assertEqual(ours.wait_end(txn), ("cancelled", "m.mismatched_sas"))
        self.assertEqual(theirs.wait_end(txn)[0], "cancelled")
        self.untrusted(ours, theirs)

    def test_cancelledAtEachStep(self):
        ours, theirs = self.own_devices("parvis")
        for step in ("requested", "ready", "compared"):
            for who in (ours, theirs):
                with self.subTest(step=step, by=type(who).__name__):
                    theirs.knows(ours)
                    txn = ours.request(theirs)
                    if step == "requested":
                        theirs.client.call("waitVerification", txn=txn, phase="Requested", timeout=PATIENCE)
                    else:
                        theirs.accept(txn)
                        ours.wait_ready(txn)
                    if step == "compared":
                        self.compare(ours, theirs, txn, ours)
                    who.cancel(txn)
                    self.assertEqual(ours.wait_end(txn), ("cancelled", "m.user"))
                    self.assertEqual(theirs.wait_end(txn)[0], "cancelled")
        self.untrusted(ours, theirs)
        # And none of it stands in the way of a good one.
        self.play_sas(ours, theirs, asker=ours, starter=theirs)


class Codes(Scenes):
    """QR codes, in the three modes, each side reading the other."""

    opened_autoconfirm = True

    def test_pictures(self):
        """Two of ours: the code goes as a picture file; one that shows none is a sentence, and another try."""
        name = f"alice{next(_numbers)}"
        one = self.parvis(name)
        one.client.call("bootstrap", password=PASSWORD, timeout=60_000)
        other = self.parvis(name, register=False)
        one.knows(other)
        txn = self.ready(one, other)
        picture = one.show_picture(txn)
        for code, path in (("PARVIS_QR_NO_PICTURE", __file__), ("PARVIS_QR_NO_PICTURE", picture + ".none")):
            with self.assertRaises(CommandError) as caught:
                other.scan_picture(txn, path)
            self.assertEqual(caught.exception.error["code"], code)
        other.scan_picture(txn, picture)
        one.confirm_scanned(txn)
        self.trusted(one, other, txn)

    def read(self, shower, scanner, one, other, txn):
        data = shower.show(txn)
        self.assertTrue(data)
        scanner.scan(txn, data)
        shower.confirm_scanned(txn)
        self.trusted(one, other, txn)


def _codes():
    """The scenes of Codes: (name, who holds the identity or None for people, who shows)."""
    for identity in ("parvis", "peer", None):
        for shows in ("parvis", "peer"):
            def scene(self, identity=identity, shows=shows):
                room = None
                if identity:
                    one, other = self.own_devices(identity)
                else:
                    one, other, room = self.people()
                txn = self.ready(one, other, room)
                shower, scanner = (one, other) if shows == "parvis" else (other, one)
                self.read(shower, scanner, one, other, txn)
            yield f"test_codeOf_{shows}_identityOf_{identity or 'both'}", scene


for _name, _scene in _codes():
    setattr(Codes, _name, _scene)
for _name in [name for name in dir(Scenes) if name.startswith("test_")]:
    setattr(Codes, _name, None)  # those are of the other class


class Sliding(Scenes, unittest.TestCase):
    pass


class SyncV2(Scenes, unittest.TestCase):
    sliding = False


class SlidingFederated(Scenes, unittest.TestCase):
    federation = True


class SlidingCodes(Codes, unittest.TestCase):
    pass


class SyncV2Codes(Codes, unittest.TestCase):
    sliding = False


if __name__ == "__main__":
    watchdog.arm(int(os.environ.get("PARVIS_TEST_SECONDS", "900")))
    unittest.main(verbosity=2)
