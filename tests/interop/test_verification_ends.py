#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""Verifications between Parvis and an independent client that end without success, at every step of the way.

Between devices of one person (to-device messages) and between persons (in a room), asked for by either, ended by either:
both sides know that it is over and why, nobody is trusted, and the next one is as good as ever.
PARVIS_DRIVER names the program under test; without one the scenes are skipped.
"""
import os
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "homeserver"))

import watchdog
from sides import PATIENCE
from scene import everywhere
from verification_scene import VerificationScene

STEPS = ("requested", "ready", "started", "compared", "we confirmed", "they confirmed")
WHERE = ("devices", "people")
WHO = ("us", "them")


class Ends(VerificationScene):
    def sides(self, where):
        """(Parvis, the other client, the room or None)"""
        return (*self.own_devices("parvis"), None) if where == "devices" else self.people()

    def over(self, ours, theirs, txn, code):
        self.assertEqual(ours.wait_end(txn), ("cancelled", code))
        self.assertEqual(theirs.wait_end(txn), ("cancelled", code))

    def reach(self, step, asker, asked, room):
        """Plays up to a step. Answers the verification's id, and who hears nothing until they are told to."""
        asked.knows(asker)
        txn = asker.request(asked, room)
        if step == "requested":
            self.has_request(asked, txn)
            return txn, None
        asked.accept(txn)
        for one in (asker, asked):
            one.wait_ready(txn)
        if step == "started":
            asker.starts_unheard(asked, txn)
            return txn, asked
        if step != "ready":
            self.compare(asker, asked, txn, asker)
        return txn, None

    def has_request(self, side, txn):
        if hasattr(side.client, "profile"):
            side.client.call("wait_verification", txn=txn, state="requested", timeout=PATIENCE)
        else:
            side.client.call("waitVerification", txn=txn, phase="Requested", timeout=PATIENCE)

    def cancelled_at(self, step, ours, theirs, room, asker, who):
        txn, held = self.reach(step, asker, theirs if asker is ours else ours, room)
        if step.endswith("confirmed"):
            (ours if step.startswith("we") else theirs).confirm(txn)
        who.cancel(txn)
        if held:
            held.hold(False)
        self.over(ours, theirs, txn, "m.user")

    def cancelled_everywhere(self, where, asks, cancels):
        ours, theirs, room = self.sides(where)
        asker, who = (ours if one == "us" else theirs for one in (asks, cancels))
        for step in STEPS:
            with self.subTest(step=step):
                self.cancelled_at(step, ours, theirs, room, asker, who)
        self.untrusted(ours, theirs)
        # And none of it stands in the way of a good one.
        self.play_sas(ours, theirs, asker=asker, starter=theirs, room=room)

    def they_differ(self, where, says):
        ours, theirs, room = self.sides(where)
        who, other = (ours, theirs) if says == "us" else (theirs, ours)
        for confirmed in (False, True):
            with self.subTest(other_had_confirmed=confirmed):
                txn = self.ready(who, other, room)
                self.compare(ours, theirs, txn, other)
                if confirmed:
                    other.confirm(txn)
                who.mismatch(txn)
                self.over(ours, theirs, txn, "m.mismatched_sas")
        self.untrusted(ours, theirs)

    def codes_refused(self, where):
        ours, theirs, room = self.sides(where)
        for shower, scanner in ((ours, theirs), (theirs, ours)):
            for step in ("shown", "scanned"):
                for who in (shower, scanner):
                    with self.subTest(step=step, shower=type(shower).__name__, by=type(who).__name__):
                        self.code_cancelled_at(step, ours, theirs, room, shower, who)
            with self.subTest(step="no", shower=type(shower).__name__):
                txn = self.ready(scanner, shower, room)
                self.read(shower, scanner, txn)
                shower.refuse_scanned(txn)
                self.over(ours, theirs, txn, "m.user")
        self.untrusted(ours, theirs)
        txn = self.ready(ours, theirs, room)
        self.read(ours, theirs, txn)
        ours.confirm_scanned(txn)
        self.trusted(ours, theirs, txn)

    def code_cancelled_at(self, step, ours, theirs, room, shower, who):
        scanner = theirs if shower is ours else ours
        txn = self.ready(shower, scanner, room)
        if step == "shown":
            self.assertTrue(shower.show(txn))
        else:
            self.read(shower, scanner, txn)
            shower.wait_scanned(txn)
        who.cancel(txn)
        self.over(ours, theirs, txn, "m.user")


def _scenes():
    for where in WHERE:
        for asks in WHO:
            for cancels in WHO:
                yield f"test_cancelled_{where}_askedBy_{asks}_by_{cancels}", \
                    lambda self, a=(where, asks, cancels): self.cancelled_everywhere(*a)
        for says in WHO:
            yield f"test_mismatch_{where}_by_{says}", lambda self, a=(where, says): self.they_differ(*a)
        yield f"test_codes_{where}", lambda self, a=where: self.codes_refused(a)


for _name, _scene in _scenes():
    setattr(Ends, _name, _scene)


globals().update(everywhere(Ends, __name__))


if __name__ == "__main__":
    watchdog.arm(int(os.environ.get("PARVIS_TEST_SECONDS", "900")))
    unittest.main(verbosity=2)
