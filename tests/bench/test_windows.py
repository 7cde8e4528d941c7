#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""The benches of the window work: each measures what it says, on a small account. How fast it is, is not asked."""
import os
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "homeserver"))

import resting
import scrolling
import watchdog
import windows

ROOMS = 20


class Windows(unittest.TestCase):
    def test_aStartShowsTheListAndRoomsOpen(self):
        options = windows.parser().parse_args(["--rounds", "1", "--opened", "6"])

        result = windows.measure(ROOMS, options)

        self.assertGreater(result["starts"][0]["window"]["cpu"], result["starts"][0]["floor"]["cpu"])
        for who in ("opened", "bare"):
            self.assertGreaterEqual(len(result[who]), 3, f"{who}: rooms that were shown")
            self.assertTrue(all(one["cpu"] > 0 and one["rows"] > 0 for one in result[who]), result[who])
        windows.report([result])

    def test_scrollingGoesThroughAllThereIs(self):
        result = scrolling.measure(scrolling.parser().parse_args(["--events", "300"]))

        for who in ("floor", "window"):
            self.assertGreater(len(result[who]["frames"]), 5, who)
        self.assertEqual(result["floor"]["rows"], 300)
        self.assertGreater(result["window"]["rows"], 200)  # reactions and edits are no rows
        scrolling.report(result)

    def test_bothAtRestTakeEveryEvent(self):
        options = resting.parser().parse_args(
            ["--rooms", str(ROOMS), "--minutes", "0.05", "--every", "0.5", "--settle", "1"])

        result = resting.measure(options)

        self.assertEqual(resting.mistakes(result), [])
        for who in ("floor", "window"):
            self.assertGreater(result[who]["wakes"], 0, who)
        resting.report(result)


if __name__ == "__main__":
    watchdog.arm(int(os.environ.get("PARVIS_TEST_SECONDS", "170")))
    unittest.main(verbosity=2)
