#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""The replay homeserver plays the same account every time, and the client takes all of it, over both syncs."""
import filecmp
import os
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "homeserver"))

import accounts
import endurance
import watchdog
from driver import program
from replay_server import ReplayServer

ROOMS, BATCHES = 20, 5


class Accounts(unittest.TestCase):
    def test_twoServersPlayTheSameBytes(self):
        with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
            for folder in (one, other):
                with ReplayServer(ROOMS, "classic", dump=folder, batches=BATCHES):
                    pass
            names = sorted(os.listdir(one))
            same, different, missing = filecmp.cmpfiles(one, other, names, shallow=False)

        self.assertEqual((same, different, missing), (names, [], []))
        self.assertEqual(len(names), 2 + BATCHES)

    @unittest.skipUnless(program(), "no parvis-driver (PARVIS_DRIVER)")
    def test_theClientTakesAWholeAccountOverBothSyncs(self):
        options = accounts.parser().parse_args(["--rounds", "1", "--batches", str(BATCHES)])

        results = [accounts.measure(sync, ROOMS, options) for sync in ("classic", "sliding")]

        for result in results:
            with self.subTest(sync=result["sync"]):
                self.assertEqual(accounts.mistakes(result), [])
                client = result["rounds"][0]["client"]
                self.assertGreater(client["first"]["documents"], 0)
                self.assertGreater(client["batches"]["documents"], client["first"]["documents"])
                self.assertGreater(client["warm"]["wall"], 0)
        accounts.report(results)

    @unittest.skipUnless(program(), "no parvis-driver (PARVIS_DRIVER)")
    def test_aStreamIsTakenToItsEnd(self):
        result = endurance.measure(endurance.parser().parse_args(["--rooms", str(ROOMS), "--events", "1000"]))

        found = [one["documents"] for one in result["parts"]]
        self.assertEqual(len(found), endurance.PARTS + 1)
        self.assertEqual(found, sorted(set(found)), "each part brings messages")
        endurance.report(result)


if __name__ == "__main__":
    watchdog.arm(int(os.environ.get("PARVIS_TEST_SECONDS", "110")))
    unittest.main(verbosity=2)
