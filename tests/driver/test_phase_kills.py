#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""Parvis is killed in the middle of its work, again and again: in the end all is as if nobody had killed it.

Each phase of phases.py is played once undisturbed, and then with kills until enough of them struck in the middle. The
same rooms, timelines, order, counts, queue and search hits must be there. A server of our own plays the same story each time.

PARVIS_DRIVER     the program under test; without one the test is skipped
PARVIS_KILLS      how many SIGKILLs in the middle of each phase, over each way of synchronising (2; the long form: 18)
PARVIS_SEED       the seed of a run that is to be repeated; it is printed
"""
import os
import random
import shutil
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(os.path.dirname(HERE), "homeserver"), HERE]

import phases
import watchdog
from driver import program
from phase_runs import Profiles, Run
from story import Story

KILLS = int(os.environ.get("PARVIS_KILLS", "2"))
SEED = int(os.environ.get("PARVIS_SEED", random.SystemRandom().randrange(2**31)))
LARGE = KILLS >= 15
MOST_IN_A_ROW = 5  # kills of one profile before it may come to the end


def say(text):
    print(text, file=sys.stderr, flush=True)


class PhaseKills:
    sliding = True

    @classmethod
    def setUpClass(cls):
        if not program():
            raise unittest.SkipTest("no parvis-driver (PARVIS_DRIVER)")
        say(f"PARVIS_SEED={SEED} PARVIS_KILLS={KILLS}")
        folder = tempfile.mkdtemp(prefix="parvis-phases-")
        cls.addClassCleanup(shutil.rmtree, folder, ignore_errors=True)
        story = Story(SEED, rooms=60, messages=40, longest=900, batches=(6, 400)) if LARGE else \
            Story(SEED, rooms=24, messages=20, longest=500, batches=(5, 200))
        cls.profiles = Profiles(story, cls.sliding, folder)
        cls.addClassCleanup(cls.profiles.close)

    def play(self, phase):
        dice = random.Random(f"{SEED} {phase.name} {self.sliding}")
        run = Run(phase, self.profiles)
        self.addCleanup(run.close)
        wanted = run.undisturbed().look()
        took = run.took
        phase.check(self, run)
        run.close()
        struck = counted = runs = 0
        while counted < KILLS:
            self.assertLess(runs, 20 + 3 * KILLS, f"{phase.name}: hardly any kill strikes in the middle")
            runs += 1
            run = Run(phase, self.profiles, took)
            self.addCleanup(run.close)
            seen = run.disturbed(dice.randint(1, MOST_IN_A_ROW), dice, say).look()
            self.same(seen, wanted, f"{phase.name}, run {runs}")
            phase.check(self, run)
            struck, counted, took = struck + run.struck, counted + run.counted, run.took
            run.close()
        say(f"{phase.name}: {counted} of {struck} kills struck in the middle, in {runs} runs; it takes {took[0]:.2f} s")

    def same(self, seen, wanted, where):
        for what, value in wanted.items():
            if isinstance(value, dict):
                for key, part in value.items():
                    self.assertEqual(seen[what][key], part, f"{where}: {what}, {key}")
            self.assertEqual(seen[what], value, f"{where}: {what}")


def cases():
    made = {}
    for sliding in (True, False):
        tests = {f"test_{phase.name.replace(' ', '_')}": (lambda self, phase=phase: self.play(phase)) for phase in phases.ALL}
        name = "Sliding" if sliding else "SyncV2"
        made[name] = type(name, (PhaseKills, unittest.TestCase), {**tests, "sliding": sliding, "maxDiff": 4000,
                                                                  "__module__": __name__})
    return made


globals().update(cases())

if __name__ == "__main__":
    watchdog.arm(int(os.environ.get("PARVIS_TEST_SECONDS", str(300 + 200 * KILLS))))
    unittest.main(verbosity=2)
