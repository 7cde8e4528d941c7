#!/usr/bin/env python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""The process that holds the keys: it leaves no core dump, makes files for its owner alone, and loads nobody else's code.

PARVIS_BIN  where the program lies; without it the tests are skipped
"""
import glob
import os
import pathlib
import shutil
import subprocess
import tempfile
import time
import unittest

PROGRAM = pathlib.Path(os.environ.get("PARVIS_BIN", "")) / "parvis"
PLUGIN = "platforms/libqoffscreen.so"


class Process(unittest.TestCase):
    def setUp(self):
        if not PROGRAM.is_file():
            self.skipTest("no parvis (PARVIS_BIN)")
        self.folder = tempfile.mkdtemp(prefix="parvis-process-")
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def started(self, **environment):
        """The program, once its platform plugin is loaded."""
        process = subprocess.Popen([PROGRAM, "--profile", f"{self.folder}/profile"], stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                   env={**os.environ, "QT_QPA_PLATFORM": "offscreen", **environment})
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        for _ in range(400):
            if PLUGIN in self.read(process, "maps"):
                return process
            self.assertIsNone(process.poll(), "it ended")
            time.sleep(0.05)
        self.fail("the program does not come up")

    @staticmethod
    def read(process, what):
        return pathlib.Path(f"/proc/{process.pid}/{what}").read_text(encoding="utf-8", errors="replace")

    def test_noCoreDump(self):
        limits = self.read(self.started(), "limits")
        core = next(line for line in limits.splitlines() if line.startswith("Max core file size"))
        self.assertEqual(core.split()[4:6], ["0", "0"])

    def test_whatItMakesIsForItsOwner(self):
        status = self.read(self.started(), "status")
        self.assertIn("Umask:\t0077", status)

    def test_codeOfOthersIsNotLoaded(self):
        real = glob.glob(f"/usr/lib/*/qt6/plugins/{PLUGIN}")
        self.assertTrue(real, "where are Qt's plugins?")
        foreign = f"{self.folder}/foreign"
        os.makedirs(f"{foreign}/platforms")
        shutil.copy(real[0], f"{foreign}/{PLUGIN}")
        maps = self.read(self.started(QT_PLUGIN_PATH=foreign, QT_QPA_PLATFORM_PLUGIN_PATH=f"{foreign}/platforms"),
                         "maps")
        self.assertNotIn(foreign, maps)
        self.assertIn(real[0].rpartition("/usr")[2], maps)


if __name__ == "__main__":
    unittest.main(verbosity=2)
