#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""Of every kind of scene one or two, over /v3/sync and across two servers, which all of them share.

What each change has to pass; the tests labelled `long` play all scenes in all combinations.
PARVIS_DRIVER names the program under test; without one the scenes are skipped.
"""
import os
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "homeserver"))

import test_attachments
import test_gossip
import test_history
import test_identity
import test_interop
import test_logout
import test_recovery
import test_verification
import test_verification_ends
import test_withheld
import watchdog
from driver import program
from homeserver import TestBed

CHOSEN = (
    (test_attachments.Attachments, "test_fromParvis", "test_toParvis"),
    (test_gossip.Gossip, "test_theOtherGetsWhatParvisHolds", "test_parvisGetsWhatTheOtherHolds"),
    (test_history.Scenes, "test_theOtherReadsWhatWasSaidBefore", "test_parvisReadsWhatWasSaidBefore"),
    (test_identity.Identities, "test_a_new_identity_needs_the_password_and_is_noticed"),
    (test_interop.Scenes, "test_bothWays", "test_edits", "test_reactionsAnswersAndThreads"),
    (test_logout.Scenes, "test_aDeviceOfTheOtherSignsOut", "test_aDeviceOfParvisSignsOut"),
    (test_recovery.Recovery, "test_parvisMakesTheOtherUses", "test_theOtherMakesParvisUses", "test_fileOfParvis"),
    (test_verification.Scenes, "test_personWeAskTheyStart"),
    (test_verification.Codes, "test_codeOf_parvis_identityOf_both", "test_codeOf_peer_identityOf_both"),
    (test_verification_ends.Ends, "test_mismatch_people_by_them", "test_cancelled_people_askedBy_them_by_us"),
    (test_withheld.Scenes, "test_theOtherTellsParvis", "test_theOtherBlocksParvis"),
)


class Shared:
    """In front of scenes: on the servers of this run."""
    federation, sliding = True, False
    bed = None

    @classmethod
    def setUpClass(cls):
        cls.bed = Shared.bed

    @classmethod
    def tearDownClass(cls):
        pass


def setUpModule():
    if not program():
        raise unittest.SkipTest("no parvis-driver (PARVIS_DRIVER)")
    Shared.bed = TestBed(federation=Shared.federation, sliding=Shared.sliding).start()
    unittest.addModuleCleanup(Shared.bed.close)


def load_tests(_loader, _tests, _pattern):
    suite = unittest.TestSuite()
    for number, (scenes, *names) in enumerate(CHOSEN):
        case = type(f"{scenes.__name__}{number}", (Shared, scenes, unittest.TestCase), {"__module__": __name__})
        suite.addTests(case(name) for name in names)
    return suite


if __name__ == "__main__":
    watchdog.arm(int(os.environ.get("PARVIS_TEST_SECONDS", "600")))
    unittest.main(verbosity=2)
