#!/usr/bin/python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""A file goes and a file comes, by real key presses alone: joined, shown, sent encrypted to an independent client,
which reads it whole; and the other way, saved where the system's dialog proposes.
"""
import hashlib
import os
import pathlib
import shutil
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "homeserver")]

import accessible
import watchdog
from application import Application
from desktop import keys, write
from homeserver import TestBed
from peer import PASSWORD, Peer

ROOM = "Cellule de veille"
GOING = "Plan d'accès.txt"
COMING = "Réponse.txt"


def sha256(path):
    return hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()


class Files(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="parvis-files-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        bed = TestBed()
        self.addCleanup(bed.close)
        server = bed.start().servers[0]
        server.register("lea", PASSWORD, inhibit_login=True)
        self.server = server
        self.peer = Peer("claire").start(server)
        self.addCleanup(self.peer.close)
        self.room = self.peer.create_room(name=ROOM, encrypted=True)
        self.peer.call("invite", room=self.room, user=f"@lea:{server.name}")
        # Qt's own dialog begins where the program was started.
        self.desk = self.folder / "bureau"
        self.desk.mkdir()
        (self.desk / GOING).write_text("par la rue des Remparts\n" * 4000, encoding="utf-8")
        before = os.getcwd()
        os.chdir(self.desk)
        self.addCleanup(os.chdir, before)
        self.application = Application(self.folder / "profile", self.folder / "log")
        self.addCleanup(self.application.kill)
        self.window = self.application.window

    def walk(self, page):
        self.assertEqual(accessible.faults(self.window.elements()), [], page)

    def test_aFileGoesAndAFileComes(self):
        self.is_at_home()
        self.sends_a_file()
        self.saves_a_file()
        self.assertEqual(self.application.close(), 0, self.application.said())
        self.assertNotIn("warning", self.application.said())

    def is_at_home(self):
        self.window.has_keyboard("Adresse ou serveur")
        write(self.server.base_url)
        keys("Return")
        self.window.has_keyboard("Nom sur le serveur")
        write("lea")
        keys("Tab")
        self.window.has_keyboard("Mot de passe")
        write(PASSWORD)
        keys("Return")
        self.window.wait_for(ROOM, role="list item", seconds=60)
        keys("ctrl+k")
        self.window.wait("the search", lambda: (now := self.window.focused()) and now.role in ("text", "entry"))
        write(ROOM)
        self.window.wait_for(ROOM, role="list item")
        keys("Return")
        self.window.wait_for("Accepter", role="push button")
        self.window.tab_to("Accepter")
        keys("Return")
        self.window.has_keyboard("Message")
        self.peer.call("waitMember", room=self.room, user=f"@lea:{self.server.name}")

    def sends_a_file(self):
        self.window.tab_to("Joindre des fichiers")
        keys("Return")
        self.chooses()
        self.window.wait_for(f"{GOING}, ", role="list item")
        self.window.has_keyboard("Message")
        self.walk("a joined file")
        write("Voici le plan")
        keys("Return")
        self.window.wait_for(f"fichier {GOING}", role="list item")
        seen = self.peer.wait_text(self.room, "Voici le plan")
        self.assertEqual(seen["wireType"], "m.room.encrypted")
        got = self.peer.call("download", room=self.room, event=seen["eventId"])
        self.assertEqual(got["sha256"], sha256(self.desk / GOING))
        self.window.wait_for(f"{GOING} est envoyé")
        self.walk("a file that was sent")

    def saves_a_file(self):
        source = self.folder / "source"
        source.write_bytes(os.urandom(300_000))
        self.peer.call("sendFile", room=self.room, name=COMING, mime="text/plain", path=str(source))
        self.window.wait_for(f"fichier {COMING}", role="list item")
        self.window.tab_to(f"Enregistrer sous : {COMING}")
        keys("Return")
        self.accepts()
        self.window.wait_for(f"{COMING} est enregistré")
        saved = [path for path in self.folder.rglob(COMING)] \
            + [path for path in pathlib.Path.home().rglob(COMING)]
        self.assertEqual([sha256(path) for path in saved], [sha256(source)])
        self.assertEqual(saved[0].stat().st_mode & 0o777, 0o600)

    # --- Qt's own dialog, which is there where the desktop has none ------------------------------------

    def chooses(self):
        import time
        time.sleep(2)
        print(*self.window.elements(), sep="\n", file=sys.stderr)
        for _ in range(12):
            keys("Tab")
            print("tab", self.window.focused(), file=sys.stderr)
        self.window.picture("/tmp/fshots/qtdialog.png")
        raise SystemExit

    def accepts(self):
        keys("Return")


if __name__ == "__main__":
    watchdog.arm(170)
    unittest.main(verbosity=2)
