#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""Parvis and an independent client verify each other: devices of one person, and two persons.

What ends without success is in test_verification_ends.py.

Each scene ends with a look at what both sides make of it. PARVIS_DRIVER names the program under test;
without one the scenes are skipped.
"""
import os
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "homeserver"))

import watchdog
from json_lines import CommandError
from scene import everywhere
from verification_scene import VerificationScene


class Scenes(VerificationScene):
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

    def test_personTheyAskWeStart(self):
        alice, bob, room = self.people()
        self.play_sas(alice, bob, asker=bob, starter=alice, room=room)


class Codes(VerificationScene):
    """QR codes, in the three modes, each side reading the other."""

    def test_pictures(self):
        """Two of ours: the code goes as a picture file; one that shows none is a sentence, and another try."""
        one, other = self.two_of_parvis()
        txn = self.ready(one, other)
        picture = one.show_picture(txn)
        for code, path in (("PARVIS_QR_NO_PICTURE", __file__), ("PARVIS_QR_NO_PICTURE", picture + ".none")):
            with self.assertRaises(CommandError) as caught:
                other.scan_picture(txn, path)
            self.assertEqual(caught.exception.error["code"], code)
        other.scan_picture(txn, picture)
        one.confirm_scanned(txn)
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
                self.read(shower, scanner, txn)
                shower.confirm_scanned(txn)
                self.trusted(one, other, txn)
            yield f"test_codeOf_{shows}_identityOf_{identity or 'both'}", scene


for _name, _scene in _codes():
    setattr(Codes, _name, _scene)


globals().update(everywhere(Scenes, __name__))
globals().update(everywhere(Codes, __name__, "Codes"))


if __name__ == "__main__":
    watchdog.arm(int(os.environ.get("PARVIS_TEST_SECONDS", "900")))
    unittest.main(verbosity=2)
