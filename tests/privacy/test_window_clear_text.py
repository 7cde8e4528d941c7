#!/usr/bin/python3
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""The window leaves nothing in clear on the disk either: what is typed, shown, found and drafted in it, its caches
and its settings. It is used by real key presses while the kernel tells which files it writes.

To be run in a session of its own (cmake/dev/session.sh).
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "homeserver"), str(HERE.parent / "gui")]

import watchdog
from application import Application
from desktop import keys, write
from findings import everything_in, findings, keyring_secrets
from homeserver import PASSWORD, TestBed
from peer import Peer
from written_files import Trace

# Parvis lets nobody look into it but root: for a person this takes the place of the call by which it does so.
DUMPABLE = """
#include <sys/prctl.h>
#include <stdarg.h>
#include <sys/syscall.h>
#include <unistd.h>
int prctl(int what, ...) {
    va_list all;
    va_start(all, what);
    unsigned long a = va_arg(all, unsigned long), b = va_arg(all, unsigned long), c = va_arg(all, unsigned long);
    unsigned long d = va_arg(all, unsigned long);
    va_end(all);
    return what == PR_SET_DUMPABLE ? 0 : (int)syscall(SYS_prctl, what, a, b, c, d);
}
"""
ROOM = "Cellule de veille"
TYPED = "Le mot de la veille est orangeraie"
ANSWERED = "Compris, Léa : orangeraie et rien d'autre"
DRAFT = "Brouillon gardé pour demain matin"


class ClearText(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="parvis-clear-window-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        for name in ("traces", "temporary", "program"):
            (self.folder / name).mkdir()
        self.trace = Trace(self.folder / "traces")
        self.searched = [self.folder / "program", self.folder / "temporary", os.environ["HOME"],
                         os.environ["XDG_RUNTIME_DIR"]]
        self.seen = set()
        self.environment = {"QT_LOGGING_RULES": "parvis.*=true", "TMPDIR": str(self.folder / "temporary")}
        if os.geteuid() != 0:
            shim = self.folder / "dumpable.so"
            subprocess.run(["c++", "-x", "c", "-shared", "-fPIC", "-o", shim, "-"], input=DUMPABLE, text=True,
                           check=True)
            self.environment["LD_PRELOAD"] = str(shim)

    def start(self, number):
        self.application = Application(
            self.folder / "program" / "profile", self.folder / "program" / f"log{number}", before=self.trace.command(),
            environment=self.environment)
        self.addCleanup(self.application.kill)
        self.window = self.application.window

    def test_theWindowWritesNothingInClear(self):
        server = self.enterContext(TestBed()).servers[0]
        server.register("lea", PASSWORD, inhibit_login=True)
        claire = self.enterContext(Peer("claire")).start(server)
        claire.call("bootstrap")  # the window gives keys to devices that their owners have signed
        room = claire.create_room(name=ROOM, encrypted=True)
        claire.call("invite", room=room, user=f"@lea:{server.name}")

        self.start(1)
        self.signs_in(server)
        self.talks(claire, room, server)
        tokens = server.sql("SELECT token FROM access_tokens WHERE user_id = ?", (f"@lea:{server.name}",))
        needles = {"password": PASSWORD, "typed": TYPED, "answered": ANSWERED, "draft": DRAFT,
                   "access token": tokens[-1]["token"]} | keyring_secrets()
        self.assertIn("secret 0 of the keyring", needles)
        self.look("while it runs", needles)
        self.application.kill()
        self.look("after a power cut", needles)

        self.start(2)
        self.window.wait("the draft of before", lambda: any(
            one.name == "Message" and one.text == DRAFT for one in self.window.elements()), 60)
        self.window.wait_for(ANSWERED, role="list item")
        self.assertEqual(self.application.close(), 0)
        self.look("after an orderly end", needles)

        files = self.trace.files()
        profile = str(self.folder / "program" / "profile")
        self.assertTrue([path for path in files.written if path.startswith(profile)], "nothing was traced")
        # what was there between two looks only: the writes are known all the same
        contents = self.trace.contents(files.written)
        gone = files.written - self.seen - files.renamed
        self.assertEqual(gone - set(contents), set(), "gone, and nobody knows what was in them")
        self.assertEqual(findings(contents, needles, contents.get), set())
        # so the searches do see what the window writes: whose profile it is can be read
        self.assertTrue(findings(contents, {"user id": f"@lea:{server.name}"}, contents.get))

    def signs_in(self, server):
        self.window.has_keyboard("Adresse ou serveur")
        write(server.base_url)
        keys("Return")
        self.window.has_keyboard("Nom sur le serveur")
        write("lea")
        keys("Tab")
        self.window.has_keyboard("Mot de passe")
        write(PASSWORD)
        keys("Return")
        self.window.wait_for(ROOM, role="list item", seconds=60)

    def talks(self, claire, room, server):
        keys("ctrl+k")
        self.window.wait("the search", lambda: (now := self.window.focused()) and now.role in ("text", "entry"))
        write(ROOM)
        keys("Return")
        self.window.wait_for("Accepter", role="push button")
        self.window.tab_to("Accepter")
        keys("Return")
        self.window.has_keyboard("Message")
        claire.call("waitMember", room=room, user=f"@lea:{server.name}")
        write(TYPED)
        keys("Return")
        self.window.wait_for(TYPED, role="list item")
        self.assertTrue(claire.wait_text(room, TYPED)["encrypted"])
        claire.send(room, ANSWERED)
        self.window.wait_for(ANSWERED, role="list item")
        write(DRAFT)
        self.window.wait("the draft", lambda: any(
            one.focused and one.text == DRAFT for one in self.window.elements()))

    def look(self, when, needles):
        with self.subTest(when):
            paths = everything_in(self.searched) | self.trace.files().written
            self.seen |= {path for path in paths if os.path.lexists(path)}
            self.assertEqual(findings(paths, needles), set())


if __name__ == "__main__":
    watchdog.arm(int(os.environ.get("PARVIS_TEST_SECONDS", "290")))
    unittest.main(verbosity=2)
