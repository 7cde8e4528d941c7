#!/usr/bin/python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""Thousands of keys come out of a file, and the window shows how far it is: it never waits for them.

PARVIS_KEYS says how many.
"""
import os
import pathlib
import shutil
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "homeserver")]

import key_file
import watchdog
from application import Application
from desktop import keys, write
from homeserver import TestBed
from peer import PASSWORD

COUNT = int(os.environ.get("PARVIS_KEYS", "5000"))
SECONDS = 120 + COUNT // 200
MOST_MS = 16


class Import(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="parvis-gui-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        bed = TestBed()
        self.addCleanup(bed.close)
        self.server = bed.start().servers[0]
        self.server.register("lea", PASSWORD, inhibit_login=True)
        self.file = self.folder / "cles.txt"
        key_file.write(self.file, COUNT, "bonjour")
        self.application = Application(self.folder / "profile", self.folder / "log")
        self.addCleanup(self.application.kill)
        self.window = self.application.window

    def signs_in(self):
        self.window.has_keyboard("Adresse ou serveur")
        write(self.server.base_url)
        keys("Return")
        self.window.has_keyboard("Nom sur le serveur")
        write("lea")
        keys("Tab")
        self.window.has_keyboard("Mot de passe")
        write(PASSWORD)
        keys("Return")
        self.window.wait_for("Conversations", role="heading", seconds=60)

    def begins(self):
        keys("ctrl+comma")
        self.window.wait_for("Paramètres", role="heading")
        self.window.tab_to("Importer des clés d’un fichier…", steps=80)
        keys("Return")
        self.window.has_keyboard("Fichier des clés")
        write(str(self.file))
        keys("Return")
        self.window.has_keyboard("Phrase secrète choisie à l’exportation")
        write("bonjour")
        keys("Return")

    def test_theWindowNeverWaitsForTheKeys(self):
        self.signs_in()
        self.begins()
        self.window.wait_for(f"{COUNT} nouvelles clés reprises", seconds=SECONDS)
        keys("Return")
        self.window.wait_for("Paramètres", role="heading")

        self.assertEqual(self.application.close(), 0, self.application.said())
        count, *times = self.application.turns()
        print(f"turns of the UI thread: {count}; p50, p99, p99.9 and longest in ms: {times}", file=sys.stderr)
        self.assertGreater(count, 50)
        self.assertLessEqual(times[2], MOST_MS, "p99.9 of the UI thread's turns, in ms of its CPU time")


if __name__ == "__main__":
    watchdog.arm(int(os.environ.get("PARVIS_TEST_SECONDS", "280")))
    unittest.main(verbosity=2)
